import type { JobRequest } from '../../flows/ports/job-queue.ts';
import { anyObject, object, oneOf, text } from './shape.ts';
import { storedForm } from './stored-form.ts';

/** A job without its time, which has a column. */
export type StoredJob = Omit<JobRequest, 'runAt'>;

const kinds: Readonly<Record<JobRequest['kind'], true>> = {
  evaluate: true,
  'evaluate-group': true,
  'evaluate-head': true,
  perform: true,
  'record-push': true,
  'record-close': true,
  'record-reverts': true,
  'follow-remediation': true,
  mend: true,
  command: true,
  remediate: true,
  scan: true,
  'plan-scan': true,
  'conclude-scan': true,
  digest: true,
  'rejudge-person': true,
  'rejudge-people': true,
  'rejudge-usage': true,
  'rejudge-run': true,
  reconcile: true,
  bundles: true,
  seal: true,
  schedule: true,
};

export const jobForm = storedForm<StoredJob>('a job', object({ key: text, kind: oneOf(...Object.keys(kinds)), payload: anyObject }));
