import type { Digest } from '../../domain/digest.ts';
import type { Leftover, LeftoversOf } from '../../domain/leftover/leftover.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import type { GrantOwner, GrantUse } from '../../domain/whitelist/grant-use.ts';

export interface MatchedPull {
  readonly repository: RepositoryRef;
  readonly number: number;
}

/** What a store keeps of the use of whitelists and of what is to be cleaned up, within its transactions. */
export interface LeftoverStore {
  /**
   * These are the grants that an owner has now; others of it are forgotten. One that is new, or that was not seen for more than
   * `mostGapDays`, is known since now. @returns All of them.
   */
  seeGrants(owner: GrantOwner, grants: readonly Digest[], now: Date): Promise<readonly GrantUse[]>;
  /** Something matched these grants of an account. Kept to a day; one that no scan has seen yet is passed over. */
  recordMatches(accountId: number, grants: readonly Digest[], now: Date): Promise<void>;
  /** What a pull request rests on, in place of what it did before. */
  saveOpenMatches(pull: MatchedPull, grants: readonly Digest[]): Promise<void>;
  /** What it may rest on beside that. */
  addOpenMatches(pull: MatchedPull, grants: readonly Digest[]): Promise<void>;
  /** As `recordMatches`, of all that the open pull requests of an account rest on: an entry is needed as long as one waits that it lets pass. */
  recordOpenMatches(accountId: number, now: Date): Promise<void>;
  /** As they were saved last. Held until the end of the transaction: whoever asks meanwhile MUST be told what this one saves. */
  holdLeftovers(owner: GrantOwner): Promise<readonly Leftover[]>;
  saveLeftovers(owner: GrantOwner, leftovers: readonly Leftover[]): Promise<void>;
  /** Of an account, by repository, the organisation's first; owners without any are left out. */
  leftoversOf(accountId: number): Promise<readonly LeftoversOf[]>;
}
