import { counterpartsIn } from './counterparts.ts';
import { secretsGiven } from './secrets-given.ts';
import type { Workflow, WorkflowJob } from './workflow.ts';
import { noAccess, unitedAccess, widenedAccess } from './write-access.ts';
import type { WriteAccess } from './write-access.ts';

export interface WidenedJob {
  readonly job: WorkflowJob;
  /** What it may write now, or the secrets that it gives out of hand. */
  readonly gains: readonly string[];
}

/**
 * Jobs that may write what they could not. A new job has what its workflow gave to others before, or what a job had that is gone:
 * only more than that is a gain, since any job could have done it.
 * @param before Null: a new workflow, where all is a gain.
 * @param account Login of the account that owns the repository.
 */
export function widenedJobs(before: Workflow | null, head: Workflow, account: string): readonly WidenedJob[] {
  const { of, gone } = counterpartsIn(before, head);
  const given = before !== null && before.jobs.some(({ inherits }) => inherits) ? before.access : noAccess;
  const open = unitedAccess([given, ...gone.map(({ access }) => access)]);
  const [gaveOf, givesOf] = [secretsGiven(before, account), secretsGiven(head, account)];
  const gaveAway = new Set(gone.flatMap(gaveOf));
  return head.jobs.flatMap((job) => {
    const counterpart = of(job);
    const gains = widenedAccess(startedAlike(counterpart?.access ?? open, before, head), whereItStarts(job.access, before, head));
    const gave = counterpart === null ? gaveAway : new Set(gaveOf(counterpart));
    const all = [...gains, ...givesOf(job).filter((one) => !gave.has(one))];
    return all.length === 0 ? [] : [{ job, gains: all }];
  });
}

/** What a called workflow had by default was its callers'; started by itself it is the repository's. */
function startedAlike(access: WriteAccess, before: Workflow | null, head: Workflow): WriteAccess {
  return before?.isOnlyCalled === true && !head.isOnlyCalled ? { ...access, byDefault: false } : access;
}

/** A new workflow that is only called brings no default of its own: whoever calls it is judged for it. */
function whereItStarts(access: WriteAccess, before: Workflow | null, head: Workflow): WriteAccess {
  return before === null && head.isOnlyCalled ? { ...access, byDefault: false } : access;
}
