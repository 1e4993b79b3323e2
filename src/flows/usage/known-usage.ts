import type { RepositoryRef } from '../../domain/repository.ts';
import { countedUsage } from '../../domain/usage/counted-usage.ts';
import { usageAnswer } from '../../domain/usage/usage-answer.ts';
import type { UsageCounters } from '../ports/prober.ts';
import type { Store } from '../ports/store.ts';

/** What agents of a repository, and of its account, have used up, as the store has it. */
export function knownUsage(store: Pick<Store, 'transaction'>, { id, account }: RepositoryRef): UsageCounters {
  return {
    usageIn: ({ scope, agent, from, to, stated }) =>
      store.transaction(async (transaction) => {
        const groups = await transaction.usageBetween(account.id, new Date(from), new Date(to));
        const isCharged = stated !== null && (await transaction.isCharged({ repositoryId: id, ...stated }));
        return usageAnswer(countedUsage(groups, scope, { repositoryId: id, agent }), isCharged);
      }),
  };
}
