import type { Sha } from '../tree.ts';
import type { KnownPerson } from './known-person.ts';

/** Somebody brought a head to a pull request: opened it there, pushed it, or opened it again. */
export interface Arrival {
  readonly repositoryId: number;
  readonly pullRequest: number;
  readonly head: Sha;
  readonly person: KnownPerson;
  readonly action: 'opened' | 'synchronize' | 'reopened';
  /** The head that a push took the place of; left out where the event does not say. */
  readonly before?: Sha;
  /** ISO 8601, UTC. */
  readonly at: string;
}
