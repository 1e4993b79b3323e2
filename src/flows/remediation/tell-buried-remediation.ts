import type { Failure } from '../../domain/failure.ts';
import { fullNameOf } from '../../domain/repository.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import { textOfJob } from '../job-reader.ts';
import type { LeasedJob, StoreTransaction } from '../ports.ts';
import { pendingWishes, settleWish } from './wishes.ts';

/** That a behaviour's remediations are not looked at any more until it drifts anew or somebody asks; whoever wished something of them is told. A payload that can not be read may be why the job is poison. */
export async function tellBuriedRemediation(transaction: StoreTransaction, job: LeasedJob, repository: RepositoryRef, failure: Failure): Promise<void> {
  const behavior = nameOf(job);
  await transaction.append({
    account: repository.account.id,
    repository: { id: repository.id, name: fullNameOf(repository) },
    subject: `job:${job.key}`,
    event: 'remediation.error',
    actor: 'system',
    rationale: failure.refusal === undefined ? failure.message : `${failure.message} ${failure.refusal.next}`,
    outcome: failure.code,
    payload: { behavior, reason: failure.code, pullRequest: null },
  });
  for (const wish of behavior === null ? [] : await pendingWishes(transaction, repository.id, behavior)) await settleWish(transaction, wish, { kind: 'failed', code: failure.code });
}

function nameOf(job: LeasedJob): string | null {
  try {
    return textOfJob(job, 'behavior');
  } catch {
    return null;
  }
}
