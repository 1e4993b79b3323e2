import type { Failure } from '../../domain/failure.ts';
import { fullNameOf } from '../../domain/repository.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import { behaviorOfJob } from '../job-reader.ts';
import type { LeasedJob, StoreTransaction } from '../ports.ts';

/** That a behaviour's remediations are not looked at any more until it drifts anew or somebody asks. A payload that can not be read may be why the job is poison. */
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
}

function nameOf(job: LeasedJob): string | null {
  try {
    return behaviorOfJob(job).behavior;
  } catch {
    return null;
  }
}
