import type { DriftRun } from './drift-record.ts';

/** How long repairs took, in milliseconds, over the newest runs. */
export interface RepairTime {
  /** Of how many. */
  readonly runs: number;
  readonly mean: number;
  /** 90th percentile by nearest rank (Hyndman and Fan's type 1). */
  readonly p90: number;
  /** Mean time in which nothing could be told, not part of the others. */
  readonly meanInconclusive: number;
}

/** Runs that count. */
export const newestRuns = 10;

/** Null without a run: no time is no good time. */
export function repairTimeOf(runs: readonly DriftRun[]): RepairTime | null {
  const newest = runs.toSorted((a, b) => Date.parse(a.cleanAt) - Date.parse(b.cleanAt)).slice(-newestRuns);
  if (newest.length === 0) return null;
  const times = newest.map(({ confirmedAt, cleanAt, inconclusiveMs }) => Math.max(0, Date.parse(cleanAt) - Date.parse(confirmedAt) - inconclusiveMs)).toSorted((a, b) => a - b);
  return { runs: newest.length, mean: meanOf(times), p90: times[Math.ceil(0.9 * times.length) - 1] ?? 0, meanInconclusive: meanOf(newest.map((run) => run.inconclusiveMs)) };
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
