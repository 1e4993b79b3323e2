import { readFileSync } from 'node:fs';
import type { LabelledClaim } from './labelled-claim.ts';

interface QagsRow {
  readonly article: string;
  readonly summary_sentences: readonly { readonly sentence: string; readonly responses: readonly { readonly response: string }[] }[];
}

/** QAGS: sentences of machine-written summaries and the article of each; supported is what most annotators said yes to. */
export function qagsClaims(file: string): readonly LabelledClaim[] {
  const rows: readonly QagsRow[] = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return rows.flatMap(({ article, summary_sentences: sentences }, index) =>
    sentences.map(({ sentence, responses }) => ({ claim: sentence, passage: { text: article, path: null, lines: null }, isSupported: responses.filter(({ response }) => response === 'yes').length * 2 > responses.length, document: String(index) })),
  );
}
