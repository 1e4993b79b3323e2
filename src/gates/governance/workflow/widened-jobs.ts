import { memberOf } from './member-of.ts';
import { counterpartsIn } from './counterparts.ts';
import type { Workflow, WorkflowJob } from './workflow.ts';
import { noAccess, unitedAccess, widenedAccess } from './write-access.ts';
import type { WriteAccess } from './write-access.ts';

export interface WidenedJob {
  readonly job: WorkflowJob;
  /** What it may write now, or `secrets: inherit`. */
  readonly gains: readonly string[];
}

/**
 * Jobs that may write what they could not. A new job has what its workflow gave to others before, or what a job had that is gone:
 * only more than that is a gain, since any job could have done it. @param before Null: a new workflow, where all is a gain.
 */
export function widenedJobs(before: Workflow | null, head: Workflow): readonly WidenedJob[] {
  const { of, gone } = counterpartsIn(before, head);
  const given = before !== null && before.jobs.some(({ inherits }) => inherits) ? before.access : noAccess;
  const open = unitedAccess([given, ...gone.map(({ access }) => access)]);
  const didInherit = gone.some(inheritsSecrets);
  return head.jobs.flatMap((job) => {
    const counterpart = of(job);
    const gains = widenedAccess(startedAlike(counterpart?.access ?? open, before, head), whereItStarts(job.access, before, head));
    const inheritsNow = inheritsSecrets(job) && !(counterpart === null ? didInherit : inheritsSecrets(counterpart));
    const all = inheritsNow ? [...gains, 'secrets: inherit'] : gains;
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

function inheritsSecrets({ value }: WorkflowJob): boolean {
  const secrets = memberOf(value, 'secrets');
  return typeof secrets === 'string' && secrets.trim().toLowerCase() === 'inherit';
}
