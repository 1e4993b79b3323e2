import type { Failure } from '../../domain/failure.ts';
import { fullNameOf } from '../../domain/repository.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import { currentRemediation } from '../../domain/remediation/current-remediation.ts';
import { soon } from '../digest/digest-jobs.ts';
import { textOfJob } from '../job-reader.ts';
import { digestJob } from '../job-requests.ts';
import type { LeasedJob } from '../ports/job-queue.ts';
import type { StoreTransaction } from '../ports/store.ts';
import { pendingWishes, settleWish } from './wishes.ts';

export interface Burial {
  readonly repository: RepositoryRef;
  readonly failure: Failure;
  readonly now: Date;
}

/** That a behaviour's remediations are not looked at any more until the next scan or until somebody asks: in the log, in the record, and with it in the digest; whoever wished something of them is told. A payload that can not be read may be why the job is poison. */
export async function tellBuriedRemediation(transaction: StoreTransaction, job: LeasedJob, { repository, failure, now }: Burial): Promise<void> {
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
  if (behavior !== null) await sayUnread(transaction, repository, behavior, failure);
  await transaction.enqueue(digestJob(repository, soon(now)));
  for (const wish of behavior === null ? [] : await pendingWishes(transaction, repository.id, behavior)) await settleWish(transaction, wish, { kind: 'failed', code: failure.code });
}

/** Whatever was said before does not hold any more: it may have been in the middle of a step. */
async function sayUnread(transaction: StoreTransaction, { id: repositoryId }: RepositoryRef, behavior: string, { code }: Failure): Promise<void> {
  const current = currentRemediation(await transaction.remediationsOf(repositoryId, behavior));
  if (current === null) return;
  const key = { repositoryId, fingerprint: current.fingerprint };
  await transaction.sayOfRemediation(key, { row: 0, reason: 'unread', pullRequest: current.said?.pullRequest ?? null, about: code }, await transaction.stepsOf(key));
}

function nameOf(job: LeasedJob): string | null {
  try {
    return textOfJob(job, 'behavior');
  } catch {
    return null;
  }
}
