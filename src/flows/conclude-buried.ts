import type { Failure } from '../domain/failure.ts';
import { fullNameOf } from '../domain/repository.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import { rollUpName } from '../domain/check-name.ts';
import { mergeGroupSubject, pullRequestNumber, pullRequestSubject } from '../domain/subject.ts';
import { renderBuried } from '../render/check-state.ts';
import { requestEnd } from './check-effects.ts';
import { tellBuriedCommand } from './commands/tell-buried-command.ts';
import type { FlowPorts } from './flow-ports.ts';
import { mendOfJob } from './job-reader.ts';
import type { AskedMend } from './job-requests.ts';
import type { EvaluationRecord } from '../domain/evaluation-record.ts';
import type { LeasedJob } from './ports/job-queue.ts';
import type { StoreTransaction } from './ports/store.ts';
import { tellBuriedRemediation } from './remediation/tell-buried-remediation.ts';
import { settleRepository } from './scan/settle-repository.ts';
import { tellBuriedScan } from './scan/tell-scan.ts';
import { tellMend } from './tell-mend.ts';

/** A job that failed too often ends in the dead letters; whoever waits for its checks is told so, and the log keeps it. */
export async function concludeBuried(ports: FlowPorts, job: LeasedJob, repository: RepositoryRef, failure: Failure): Promise<void> {
  const now = ports.clock.now();
  await ports.store.transaction(async (transaction) => {
    for (const evaluation of await waitingEvaluations(ports, transaction, job, repository)) {
      await requestEnd(transaction, evaluation, renderBuried({ code: failure.code, job: job.key }));
      await transaction.finishEvaluation(evaluation.id, now);
    }
    if (job.kind === 'command') await tellBuriedCommand(transaction, { job, repository, code: failure.code, now });
    if (job.kind === 'remediate') await tellBuriedRemediation(transaction, job, { repository, failure, now });
    if (job.kind === 'scan') await settleRepository(transaction, repository, { from: Array.isArray(job.payload['confirming']) ? 'confirming' : 'waiting', outcome: 'failed', now });
    if (job.kind === 'conclude-scan') await tellBuriedScan(transaction, job, failure.code);
    if (job.kind === 'mend') await tellBuriedMend(transaction, job, repository, failure);
    await transaction.append({
      account: repository.account.id,
      repository: { id: repository.id, name: fullNameOf(repository) },
      subject: `job:${job.key}`,
      event: 'job.buried',
      actor: 'system',
      rationale: failure.message,
      outcome: failure.code,
    });
  });
}

/** Who clicked is told in the pull request; a payload that can not be read may be why the job is poison. */
async function tellBuriedMend(transaction: StoreTransaction, job: LeasedJob, repository: RepositoryRef, { code }: Failure): Promise<void> {
  const asked = readableMend(job);
  const decision = asked === null ? null : await transaction.keptDecision(asked.evaluation);
  const pullRequest = decision === null || decision.repository.id !== repository.id ? null : pullRequestNumber(decision.subject);
  if (asked !== null && pullRequest !== null) await tellMend(transaction, { ...asked, repository, pullRequest, outcome: { kind: 'failed', code } });
}

function readableMend(job: LeasedJob): AskedMend | null {
  try {
    return mendOfJob(job);
  } catch {
    return null;
  }
}

/**
 * The open roll-ups that waited for this job. Where it broke before it knew the branch's entry, a pull request into a
 * governed repository gets the default branch's roll-up: one that another entry requires stays awaited, which blocks too.
 */
async function waitingEvaluations(ports: FlowPorts, transaction: StoreTransaction, job: LeasedJob, repository: RepositoryRef): Promise<readonly EvaluationRecord[]> {
  const subject = subjectOf(job);
  if (subject === null) return [];
  const open = await transaction.unfinishedEvaluations(repository.id, subject);
  const number = pullRequestNumber(subject);
  if (open.length > 0 || number === null) return open;
  const known = await transaction.pullRequestRecord(repository.id, number);
  const isGoverned = (await transaction.seenConfiguration(repository.account.id, repository.id)) ?? (await transaction.seenConfiguration(repository.account.id, null));
  if (known === null || known.facts.state !== 'open' || isGoverned === null) return [];
  const { current } = await transaction.openEvaluation({ id: ports.newId(), repository, subject, head: known.facts.head, rollUp: rollUpName({ entry: known.facts.baseBranch, isDefault: true }), startedAt: ports.clock.now() });
  return [current];
}

/** A payload may be why the job is poison: what can not be read names nobody who waits. */
function subjectOf(job: LeasedJob): string | null {
  const { payload: { number, headRef } } = job;
  if (job.kind === 'evaluate' && typeof number === 'number') return pullRequestSubject(number);
  if (job.kind === 'evaluate-group' && typeof headRef === 'string') return mergeGroupSubject(headRef);
  return null;
}
