import type { Failure } from '../domain/failure.ts';
import { fullNameOf } from '../domain/repository.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import { renderBuried } from '../render/check-state.ts';
import { requestChecks } from './check-effects.ts';
import type { FlowPorts } from './flow-ports.ts';
import type { LeasedJob } from './ports.ts';

/** A job that failed too often ends in the dead letters; whoever waits for its checks is told so, and the log keeps it. */
export async function concludeBuried(ports: FlowPorts, job: LeasedJob, repository: RepositoryRef, failure: Failure): Promise<void> {
  const now = ports.clock.now();
  await ports.store.transaction(async (transaction) => {
    const subject = subjectOf(job);
    const open = subject === null ? [] : await transaction.unfinishedEvaluations(repository.id, subject);
    for (const evaluation of open) {
      await requestChecks(transaction, [{ evaluation, name: evaluation.rollUp, state: renderBuried({ code: failure.code, job: job.key }) }]);
      await transaction.finishEvaluation(evaluation.id, now);
    }
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

function subjectOf(job: LeasedJob): string | null {
  if (job.kind === 'evaluate') return `pull-request:${String(job.payload['number'])}`;
  if (job.kind === 'evaluate-group') return `merge-group:${String(job.payload['headRef'])}`;
  return null;
}
