import type { Account } from '../repository.ts';
import type { Sha } from '../tree.ts';

/** A valid configuration, as it is remembered where it was seen at the tip of a default branch. */
export interface SeenConfiguration {
  readonly account: Account;
  /** Null: the organisation's. */
  readonly repositoryId: number | null;
  /** The newest commit at which it was valid. */
  readonly commit: Sha;
  readonly path: string;
  readonly text: string;
}
