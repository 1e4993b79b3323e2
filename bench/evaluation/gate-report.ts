import type { JudgedPair } from './judged-pair.ts';
import { markdownTable } from './markdown-table.ts';
import { spentTable } from './spent-table.ts';
import { gateTotals } from './totals.ts';

/** What the gate decided for every corpus, what it found, and what it took. */
export function gateReport(pairs: readonly JudgedPair[]): string {
  const corpora = [...new Set(pairs.map(({ corpus }) => corpus))].map((corpus) => ({ corpus, pairs: pairs.filter((pair) => pair.corpus === corpus) }));
  return [decisionTable(corpora), codeTable(corpora), timeTable([...corpora, { corpus: '**all**', pairs }])].join('\n\n');
}

interface Judged {
  readonly corpus: string;
  readonly pairs: readonly JudgedPair[];
}

function decisionTable(corpora: readonly Judged[]): string {
  const rows = corpora.map(({ corpus, pairs }) => {
    const { decisions: { allow, hold, deny, inconclusive } } = gateTotals(pairs);
    return [corpus, `${pairs[0]?.from ?? ''} … ${pairs.at(-1)?.to ?? ''}`, pairs.length, allow, hold, deny, inconclusive];
  });
  return markdownTable(['corpus', 'versions', 'pairs', 'allow', 'hold', 'deny', 'inconclusive'], rows);
}

function codeTable(corpora: readonly Judged[]): string {
  const rows = corpora.flatMap(({ corpus, pairs }) => gateTotals(pairs).codes.map(([code, count]) => [corpus, code.replace(/^\S+/, (name) => `\`${name}\``), count]));
  return markdownTable(['corpus', 'finding (severity in force)', 'pairs'], rows);
}

function timeTable(corpora: readonly Judged[]): string {
  return spentTable('`plumbline check` of a pair', corpora.map(({ corpus, pairs }) => [corpus, pairs]));
}
