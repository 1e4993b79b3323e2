import { concludeBuried } from '../flows/conclude-buried.ts';
import { evaluateGroup } from '../flows/evaluate-group.ts';
import { evaluateHead } from '../flows/evaluate-head.ts';
import { evaluatePullRequest } from '../flows/evaluate-pull-request.ts';
import type { FlowPorts } from '../flows/flow-ports.ts';
import { groupOfJob, numberOfJob, repositoryOfJob, textOfJob } from '../flows/job-reader.ts';
import { performEffects } from '../flows/perform-effects.ts';
import type { Reconcile } from '../flows/reconcile-pull-requests.ts';
import { recordClose } from '../flows/record-close.ts';
import { recordPush } from '../flows/record-push.ts';
import type { Dispatch } from './dispatch.ts';
import type { RunPorts } from './run-job.ts';
import type { Schedules } from './schedules.ts';

/** Which flow does which kind of job. */
export function createDispatch(ports: FlowPorts, parts: { readonly schedules: Schedules; readonly reconcile: Reconcile }): Dispatch {
  return {
    evaluate: (job) => evaluatePullRequest(ports, { repository: repositoryOfJob(job), number: numberOfJob(job) }),
    'evaluate-group': (job) => evaluateGroup(ports, { repository: repositoryOfJob(job), ...groupOfJob(job) }),
    'evaluate-head': (job) => evaluateHead(ports, { repository: repositoryOfJob(job), head: textOfJob(job, 'head') }),
    perform: (job) => performEffects(ports, { repository: repositoryOfJob(job), group: textOfJob(job, 'group') }),
    'record-push': (job) => recordPush(ports, { repository: repositoryOfJob(job), ref: textOfJob(job, 'ref') }),
    'record-close': (job) => recordClose(ports, { repository: repositoryOfJob(job), number: numberOfJob(job) }),
    reconcile: (job) => parts.reconcile(repositoryOfJob(job)),
    schedule: (job, signal) => parts.schedules.run(job, signal),
  };
}

/** Tells who waits for a buried job. One that names no repository is only kept among the dead letters. */
export function createBurial(ports: FlowPorts): RunPorts['onBuried'] {
  return async (job, failure) => {
    ports.log.error('job buried', { job: job.key, failure });
    if (job.kind !== 'schedule') await concludeBuried(ports, job, repositoryOfJob(job), failure);
  };
}
