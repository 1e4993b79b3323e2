import type { Effect, Person } from '../domain/effect.ts';
import type { MendOutcome } from '../domain/mend-outcome.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import type { Sha } from '../domain/tree.ts';
import { mendTopic, renderMendOutcome } from '../render/mend-outcome.ts';
import { commentGroup } from './check-effects.ts';
import { performJob } from './job-requests.ts';
import type { StoreTransaction } from './ports/store.ts';

export interface MendToTell {
  readonly repository: RepositoryRef;
  readonly pullRequest: number;
  readonly evaluation: string;
  readonly head: Sha;
  readonly askedBy: Person;
  readonly outcome: MendOutcome;
}

/** Says in the pull request what came of a click: one comment about mends, edited in place. */
export async function tellMend(transaction: StoreTransaction, told: MendToTell): Promise<void> {
  const { repository, pullRequest, evaluation } = told;
  const body = renderMendOutcome({ head: told.head, login: told.askedBy.login, outcome: told.outcome });
  const effect: Effect = { kind: 'comment', key: `comment/${repository.id}/${pullRequest}/${mendTopic}`, pullRequest, topic: mendTopic, body };
  await transaction.request([{ effect, group: commentGroup(pullRequest) }], repository, evaluation);
  await transaction.enqueue(performJob(repository, commentGroup(pullRequest)));
}
