import type { JudgedPair } from './judged-pair.ts';
import { markdownTable, seconds } from './markdown-table.ts';
import { gateTotals, spentOn } from './totals.ts';

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
    const { changed, decisions: { allow, hold, deny, inconclusive } } = gateTotals(pairs);
    return [corpus, `${pairs[0]?.from ?? ''} … ${pairs.at(-1)?.to ?? ''}`, pairs.length, changed, allow, hold, deny, inconclusive];
  });
  return markdownTable(['corpus', 'versions', 'pairs', 'changed', 'allow', 'hold', 'deny', 'inconclusive'], rows);
}

function codeTable(corpora: readonly Judged[]): string {
  const rows = corpora.flatMap(({ corpus, pairs }) => gateTotals(pairs).codes.map(([code, count]) => [corpus, code.replace(/^\S+/, (name) => `\`${name}\``), count]));
  return markdownTable(['corpus', 'finding (severity in force)', 'pairs'], rows);
}

function timeTable(corpora: readonly Judged[]): string {
  const rows = corpora.map(({ corpus, pairs }) => {
    const spent = spentOn(pairs);
    return [corpus, seconds(spent.medianSeconds), seconds(spent.p95Seconds), seconds(spent.maxSeconds), `${Math.round(spent.maxMemoryMb)} MB`, spent.crashes, spent.hangs];
  });
  return markdownTable(['`plumbline check` of a pair', 'median', 'p95', 'max', 'memory at most', 'crashes', 'hangs'], rows);
}
