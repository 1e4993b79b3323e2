import { digestOfValue } from '../digest.ts';
import type { Digest } from '../digest.ts';
import type { RepositoryRef } from '../repository.ts';
import type { WhitelistEntry } from './whitelist-entry.ts';

/**
 * Commits to what an entry lets whom do where, in all repositories of an organisation or in one: not to how long, whose it is and
 * why, so that an entry that is extended stays the same grant. How far the organisation lets it reach is not part of it either.
 */
export function grantOf(entry: WhitelistEntry, repository: RepositoryRef): Digest {
  const { action, actors, repos, paths, contracts, wantedTier, maxTier } = entry;
  return digestOfValue([ownerOf(entry, repository), action, sorted(actors), sorted(repos), sorted(paths), sorted(contracts), wantedTier ?? maxTier]);
}

/** Id of the repository that an entry belongs to; null: it is the organisation's. */
export function ownerOf({ level }: Pick<WhitelistEntry, 'level'>, { id, account }: RepositoryRef): number | null {
  return level === 'organization' && account.kind === 'organization' ? null : id;
}

function sorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].toSorted();
}
