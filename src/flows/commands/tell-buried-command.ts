import type { FailureCode } from '../../domain/failure.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import { commandOfJob } from '../job-reader.ts';
import type { AskedCommand } from '../job-requests.ts';
import type { LeasedJob } from '../ports/job-queue.ts';
import type { StoreTransaction } from '../ports/store.ts';
import { requestReply } from './request-reply.ts';

export interface BuriedCommand {
  readonly job: LeasedJob;
  readonly repository: RepositoryRef;
  readonly code: FailureCode;
  readonly now: Date;
}

/** Who typed the command is told; a payload that can not be read may be why the job is poison. */
export async function tellBuriedCommand(transaction: StoreTransaction, { job, repository, code, now }: BuriedCommand): Promise<void> {
  const asked = readable(job);
  if (asked === null) return;
  const { pullRequest, comment } = asked;
  const isFirst = await transaction.recordCommand({ repositoryId: repository.id, pullRequest, comment, word: 'misread', isDone: false, at: now.toISOString() });
  if (isFirst) await requestReply(transaction, { repository, pullRequest, comment, login: null, outcome: { kind: 'failed', code } });
}

function readable(job: LeasedJob): AskedCommand | null {
  try {
    return commandOfJob(job);
  } catch {
    return null;
  }
}
