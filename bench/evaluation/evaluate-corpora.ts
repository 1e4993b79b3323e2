import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildCommand } from '../parts/built-command.ts';
import { inFolder } from '../parts/folder.ts';
import { compareVersions } from './compare-versions.ts';
import { comparisonReport } from './comparison-report.ts';
import { corpora } from './corpora.ts';
import type { Corpus, PublishedVersion } from './corpus.ts';
import { gateReport } from './gate-report.ts';
import { judgeVersions } from './judge-versions.ts';
import { linkedVersions } from './linked-versions.ts';
import { publishedVersions } from './published-versions.ts';

/** Judges the corpora whose names have one of the words, or all, and prints tables; every single answer is kept beside the fetched versions. */
export async function evaluateCorpora(words: readonly string[], cache: string, say: (text: string) => void): Promise<void> {
  await inFolder(async (folder) => {
    say('building');
    const command = buildCommand(folder);
    const chosen = corpora.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
    const judged = chosen.flatMap((corpus) => judgeVersions(corpus, versionsOf(corpus, cache), { command, folder, say }));
    keep(join(cache, 'judged'), judged);
    const compared = chosen.filter(({ judged: { kind } }) => kind === 'schemas').flatMap((corpus) => compareVersions(corpus, publishedVersions(corpus, cache), { command, folder, say }));
    keep(join(cache, 'compared'), compared);
    console.log([gateReport(judged), ...(compared.length === 0 ? [] : [comparisonReport(compared)])].join('\n\n'));
  });
}

function versionsOf(corpus: Corpus, cache: string): readonly PublishedVersion[] {
  const versions = publishedVersions(corpus, cache);
  return corpus.judged.kind === 'contracts' ? linkedVersions(versions, corpus.judged.versionAt) : versions;
}

/** One file for each corpus, so that a run of some keeps what is known of the others. */
function keep(folder: string, results: readonly { readonly corpus: string }[]): void {
  mkdirSync(folder, { recursive: true });
  for (const corpus of new Set(results.map((result) => result.corpus))) {
    writeFileSync(join(folder, `${corpus.replaceAll('/', '-')}.json`), JSON.stringify(results.filter((result) => result.corpus === corpus), null, 1));
  }
}
