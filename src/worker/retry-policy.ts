import type { Failure } from '../domain/failure.ts';
import type { LeasedJob } from '../flows/ports.ts';

export type NextStep = { readonly kind: 'retry'; readonly at: Date } | { readonly kind: 'bury' };

export const mostAttempts = 5;

const waits = [5_000, 30_000, 120_000, 600_000] as const;
const longestWait = 24 * 60 * 60_000;

/**
 * What follows a failed run: a retry after a growing wait, never before the other side said, and after five attempts the end.
 * A schedule is never buried: its next run is due anyway.
 * @param random From 0 to 1; spreads retries of many jobs that failed together.
 */
export function nextStep(job: Pick<LeasedJob, 'kind' | 'attempt'>, failure: Failure, now: Date, random: number): NextStep {
  if (job.attempt >= mostAttempts && job.kind !== 'schedule') return { kind: 'bury' };
  const wait = waits[Math.max(0, job.attempt - 1)] ?? waits[waits.length - 1] ?? longestWait;
  const ours = now.getTime() + wait * (0.75 + random / 2);
  const theirs = (failure.retryAt?.getTime() ?? 0) + random * 2_000;
  return { kind: 'retry', at: new Date(Math.min(Math.max(ours, theirs), now.getTime() + longestWait)) };
}
