import type { RepositoryRef } from '../../domain/repository.ts';
import type { Clock } from '../ports/clock.ts';
import type { AgentLabels } from '../ports/prober.ts';
import type { Store } from '../ports/store.ts';
import { keptLabels } from './kept-labels.ts';

/** What became of the changes of agents in a repository, as the store has it. */
export function knownLabels(store: Pick<Store, 'transaction'>, clock: Clock, { id }: RepositoryRef): AgentLabels {
  return { labelsOf: (agents) => store.transaction((transaction) => keptLabels(transaction, id, agents, clock.now())) };
}
