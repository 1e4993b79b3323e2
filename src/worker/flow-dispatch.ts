import { Failure } from '../domain/failure.ts';
import { recordReverts } from '../flows/calibration/record-reverts.ts';
import { concludeBuried } from '../flows/conclude-buried.ts';
import type { Digester } from '../flows/digest/create-digester.ts';
import { evaluateGroup } from '../flows/evaluate-group.ts';
import { evaluateHead } from '../flows/evaluate-head.ts';
import { evaluatePullRequest } from '../flows/evaluate-pull-request.ts';
import type { FlowPorts } from '../flows/flow-ports.ts';
import { accountOfJob, commandOfJob, endedRunOfJob, groupOfJob, mendOfJob, numberOfJob, passedQuotaOfJob, personOfJob, placeOfJob, repositoryOfJob, revertedOfJob, textOfJob } from '../flows/job-reader.ts';
import { bundlesJob } from '../flows/job-requests.ts';
import { mendContracts } from '../flows/mend-contracts.ts';
import { performEffects } from '../flows/perform-effects.ts';
import type { Reconcile } from '../flows/reconcile-pull-requests.ts';
import type { JobKind, LeasedJob } from '../flows/ports/job-queue.ts';
import { recordClose } from '../flows/record-close.ts';
import { recordPush } from '../flows/record-push.ts';
import type { Remediator } from '../flows/remediation/create-remediator.ts';
import { rejudgePeople } from '../flows/rejudge-people.ts';
import { rejudgePerson } from '../flows/rejudge-person.ts';
import { rejudgeRun } from '../flows/rejudge-run.ts';
import { rejudgeUsage } from '../flows/usage/rejudge-usage.ts';
import { runCommand } from '../flows/run-command.ts';
import { actOnScan } from '../flows/scan/act-on-scan.ts';
import { planScan } from '../flows/scan/plan-scan.ts';
import type { Scanner } from '../flows/scan/scan-repository.ts';
import { followRemediation } from '../flows/remediation/follow-remediation.ts';
import type { CheckpointSealer } from '../flows/seal-checkpoint.ts';
import type { ShowBlockedLog } from '../flows/show-blocked-log.ts';
import type { Dispatch } from './dispatch.ts';
import type { RunPorts } from './run-job.ts';
import type { Schedules } from './schedules.ts';

export interface DispatchParts {
  readonly schedules: Schedules;
  readonly reconcile: Reconcile;
  readonly remediate: Remediator;
  readonly scan: Scanner;
  readonly digest: Digester;
  readonly showBlockedLog: ShowBlockedLog;
  readonly sealer: CheckpointSealer;
  readonly makeBundles: (signal: AbortSignal) => Promise<void>;
}

/** Which flow does which kind of job. */
export function createDispatch(ports: FlowPorts, parts: DispatchParts): Dispatch {
  const { showBlockedLog } = parts;
  return {
    evaluate: (job) => telling(showBlockedLog, job, () => evaluatePullRequest(ports, { repository: repositoryOfJob(job), number: numberOfJob(job) })),
    'evaluate-group': (job) => telling(showBlockedLog, job, () => evaluateGroup(ports, { repository: repositoryOfJob(job), ...groupOfJob(job) })),
    'evaluate-head': (job) => evaluateHead(ports, { repository: repositoryOfJob(job), head: textOfJob(job, 'head') }),
    perform: (job) => telling(showBlockedLog, job, () => performEffects(ports, { repository: repositoryOfJob(job), group: textOfJob(job, 'group') })),
    'record-push': (job) => recordPush(ports, { repository: repositoryOfJob(job), ref: textOfJob(job, 'ref') }),
    'record-close': (job) => recordClose(ports, { repository: repositoryOfJob(job), number: numberOfJob(job) }),
    'record-reverts': (job) => recordReverts(ports, { repository: repositoryOfJob(job), branch: textOfJob(job, 'branch'), ...revertedOfJob(job) }),
    'follow-remediation': (job) => followRemediation(ports, { repository: repositoryOfJob(job), branch: textOfJob(job, 'branch') }),
    mend: (job) => mendContracts(ports, { repository: repositoryOfJob(job), ...mendOfJob(job) }),
    command: (job) => runCommand(ports, { repository: repositoryOfJob(job), ...commandOfJob(job) }),
    remediate: (job) => parts.remediate(job),
    scan: (job, signal) => parts.scan(job, signal),
    'plan-scan': (job) => planScan(ports, repositoryOfJob(job)),
    'conclude-scan': (job) => actOnScan(ports, { repository: repositoryOfJob(job), scan: textOfJob(job, 'scan') }),
    digest: (job) => parts.digest(job),
    'rejudge-person': (job) => rejudgePerson(ports, personOfJob(job)),
    'rejudge-people': (job) => rejudgePeople(ports, placeOfJob(job)),
    'rejudge-usage': (job) => rejudgeUsage(ports, passedQuotaOfJob(job)),
    'rejudge-run': (job) => rejudgeRun(ports, { repository: repositoryOfJob(job), ...endedRunOfJob(job) }),
    reconcile: (job) => parts.reconcile(repositoryOfJob(job)),
    bundles: (_job, signal) => parts.makeBundles(signal),
    seal: async (job) => void (await parts.sealer.seal(accountOfJob(job), { force: true })),
    schedule: (job, signal) => parts.schedules.run(job, signal),
  };
}

/** Nobody waits for one of these. */
const ofNoRepository: ReadonlySet<JobKind> = new Set(['schedule', 'rejudge-person', 'rejudge-people', 'rejudge-usage', 'bundles', 'seal']);

/** Tells who waits for a buried job. One that names no repository is only kept among the dead letters. */
export function createBurial(ports: FlowPorts, showBlockedLog: ShowBlockedLog): RunPorts['onBuried'] {
  return async (job, failure) => {
    ports.log.error('job buried', { job: job.key, failure });
    if (job.kind === 'bundles') await tellBuriedBundles(ports, failure);
    if (!ofNoRepository.has(job.kind)) await telling(showBlockedLog, job, () => concludeBuried(ports, job, repositoryOfJob(job), failure));
  };
}

/** Whoever asked for one that was begun waits for no answer; the others, of whatever account, are for a job of their own. Where none was begun, what fails is not one of them. */
async function tellBuriedBundles({ store }: FlowPorts, { code }: Failure): Promise<void> {
  const why = `It could not be made, although it was tried several times (${code}). Nothing is wrong with the request: ask again, and tell whoever runs the server.`;
  await store.transaction(async (transaction) => {
    const open = await transaction.waitingBundles();
    const begun = open.filter(({ progress }) => progress.state === 'assembling');
    for (const { account, id } of begun.length === 0 ? open : begun) await transaction.tellBundle(account, id, { state: 'failed', code: 'not_made', why });
    if (begun.length > 0 && begun.length < open.length) await transaction.enqueue(bundlesJob());
  });
}

/** A log that is blocked keeps every end of a job from being kept: whoever waits is told so beside it. */
async function telling(showBlockedLog: ShowBlockedLog, job: LeasedJob, run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === 'AUDIT_BLOCKED') await showBlockedLog(job);
    throw thrown;
  }
}
