import type { Failure, FailureCode } from '../domain/failure.ts';
import type { LeasedJob } from '../flows/ports/job-queue.ts';

export type NextStep = { readonly kind: 'retry'; readonly at: Date } | { readonly kind: 'bury' };

const waits = [5_000, 30_000, 120_000, 600_000] as const;
const hour = 60 * 60_000;
const longestWait = 24 * hour;
const longestWaitOfSchedule = waits[3];

/** Runs of a job that breaks by itself: it is poison then. */
export const mostAttempts = waits.length + 1;

/** Runs of one that the other side keeps from working: hourly for a day after the growing waits. */
export const mostAttemptsInTrouble = mostAttempts + 24;

/** Trouble of GitHub, of the database, of what keeps keys or of the log says nothing about the job: it may well succeed once that is over. */
const troubleElsewhere: ReadonlySet<FailureCode> = new Set<FailureCode>(['GITHUB_UNAVAILABLE', 'GITHUB_RATE_LIMITED', 'GITHUB_AMBIGUOUS', 'STORE_UNAVAILABLE', 'AUDIT_BLOCKED', 'KEY_UNAVAILABLE']);

/**
 * What follows a failed run: a retry after a growing wait, never before the other side said, and at last the end.
 * A schedule is never buried: its next run is due anyway.
 * @param random From 0 to 1; spreads retries of many jobs that failed together.
 */
export function nextStep(job: Pick<LeasedJob, 'kind' | 'attempt'>, failure: Failure, now: Date, random: number): NextStep {
  const isElsewhere = troubleElsewhere.has(failure.code);
  if (job.attempt >= (isElsewhere ? mostAttemptsInTrouble : mostAttempts) && job.kind !== 'schedule') return { kind: 'bury' };
  const wait = waits[Math.max(0, job.attempt - 1)] ?? (job.kind === 'schedule' ? longestWaitOfSchedule : hour);
  const ours = now.getTime() + wait * (0.75 + random / 2);
  const theirs = (failure.retryAt?.getTime() ?? 0) + random * 2_000;
  return { kind: 'retry', at: new Date(Math.min(Math.max(ours, theirs), now.getTime() + longestWait)) };
}
