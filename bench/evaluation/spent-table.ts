import type { Timed } from './judged-pair.ts';
import { markdownTable, seconds } from './markdown-table.ts';
import { spentOn } from './totals.ts';

/** What runs took, a line for each named group of them. */
export function spentTable(what: string, groups: readonly (readonly [name: string, runs: readonly Timed[]])[]): string {
  const rows = groups.map(([name, runs]) => {
    const spent = spentOn(runs);
    return [name, spent.runs, seconds(spent.medianSeconds), seconds(spent.p95Seconds), seconds(spent.maxSeconds), seconds(spent.medianCpuSeconds), seconds(spent.p95CpuSeconds), `${Math.round(spent.maxMemoryMb)} MB`, spent.crashes, spent.hangs];
  });
  return markdownTable([what, 'runs', 'median', 'p95', 'max', 'CPU median', 'CPU p95', 'memory at most', 'crashes', 'hangs'], rows);
}
