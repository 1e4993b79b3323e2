import type { JobKind, LeasedJob } from '../flows/ports/job-queue.ts';

/** Does one job. The signal fires when its result is no longer wanted: deadline passed, lease lost, shutdown. */
export type RunJob = (job: LeasedJob, signal: AbortSignal) => Promise<void>;

/** What does each kind of job. All are safe to run again after any interruption. */
export type Dispatch = { readonly [Kind in JobKind]: RunJob };

const minute = 60_000;

/** How long one run may take before it counts as hung. Long work goes on where it stopped, in its next run. */
export const deadlines: { readonly [Kind in JobKind]: number } = {
  evaluate: 3 * minute,
  'evaluate-group': 3 * minute,
  'evaluate-head': minute,
  perform: 2 * minute,
  'record-push': 10 * minute,
  'record-close': 2 * minute,
  'record-reverts': 2 * minute,
  'follow-remediation': minute,
  mend: minute,
  command: minute,
  remediate: 5 * minute,
  scan: 5 * minute,
  'plan-scan': 2 * minute,
  'conclude-scan': 5 * minute,
  digest: 2 * minute,
  'rejudge-person': 5 * minute,
  'rejudge-people': 5 * minute,
  'rejudge-usage': 5 * minute,
  'rejudge-run': minute,
  reconcile: 5 * minute,
  bundles: 10 * minute,
  seal: 10 * minute,
  schedule: 10 * minute,
};
