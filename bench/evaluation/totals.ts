import { percentile } from '../parts/percentiles.ts';
import type { ComparedPair, JudgedPair, Timed } from './judged-pair.ts';

export interface Spent {
  readonly runs: number;
  readonly medianSeconds: number;
  readonly p95Seconds: number;
  readonly maxSeconds: number;
  readonly medianCpuSeconds: number;
  readonly p95CpuSeconds: number;
  readonly maxMemoryMb: number;
  readonly crashes: number;
  readonly hangs: number;
}

/** What runs took; of those that were ended neither CPU time nor memory is known. At least one must have ended by itself. */
export function spentOn(runs: readonly Timed[]): Spent {
  const seconds = runs.map((run) => run.seconds);
  const cpu = runs.map(({ cpuSeconds }) => cpuSeconds).filter((one) => !Number.isNaN(one));
  return {
    runs: runs.length,
    medianSeconds: percentile(seconds, 0.5),
    p95Seconds: percentile(seconds, 0.95),
    maxSeconds: percentile(seconds, 1),
    medianCpuSeconds: percentile(cpu, 0.5),
    p95CpuSeconds: percentile(cpu, 0.95),
    maxMemoryMb: Math.max(...runs.map(({ memoryMb }) => memoryMb).filter((memory) => !Number.isNaN(memory))),
    crashes: runs.filter(({ ended }) => ended === 'crash').length,
    hangs: runs.filter(({ ended }) => ended === 'hang').length,
  };
}

/** How often each name occurs, the most frequent first; equal ones by name. */
export function tally(names: readonly string[]): readonly (readonly [name: string, count: number])[] {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts].toSorted(([a, many], [b, more]) => more - many || (a < b ? -1 : 1));
}

export interface GateTotals {
  readonly decisions: Readonly<Record<'allow' | 'hold' | 'deny' | 'inconclusive', number>>;
  /** In how many pairs each code was found, with the severity in force. */
  readonly codes: readonly (readonly [code: string, pairs: number])[];
}

export function gateTotals(pairs: readonly JudgedPair[]): GateTotals {
  const counted = (decision: JudgedPair['decision']): number => pairs.filter((pair) => pair.decision === decision).length;
  return {
    decisions: { allow: counted('allow'), hold: counted('hold'), deny: counted('deny'), inconclusive: counted('inconclusive') },
    codes: tally(pairs.flatMap(({ findings }) => [...new Set(findings.map(({ code, severity }) => `${code} (${severity})`))])),
  };
}

export interface ComparisonTotals {
  readonly compared: number;
  readonly compatible: number;
  readonly breaking: number;
  readonly witnessed: number;
  readonly undecided: number;
}

export function comparisonTotals(pairs: readonly ComparedPair[]): ComparisonTotals {
  const breaking = pairs.filter(({ answer }) => answer === 'breaking');
  return {
    compared: pairs.length,
    compatible: pairs.filter(({ answer }) => answer === 'compatible').length,
    breaking: breaking.length,
    witnessed: breaking.filter(({ witness }) => witness !== null).length,
    undecided: pairs.filter(({ answer }) => answer === 'undecided').length,
  };
}
