import type { Digest } from '../digest.ts';
import { isBefore } from '../instant.ts';

/** A repository, or with null the organisation that owns the account. */
export interface GrantOwner {
  readonly accountId: number;
  readonly repositoryId: number | null;
}

/** Days between two scans: what was not seen for longer may have matched while nobody looked. Scans come at least once a week. */
export const mostGapDays = 8;

/** What our record says of a grant of a whitelist. Instants are ISO 8601. */
export interface GrantUse {
  readonly grant: Digest;
  /** Since when scans have seen it without a gap, so that what it matched would be known. */
  readonly knownSince: string;
  /** To a day; null: it matched nothing that we know of. */
  readonly matchedAt: string | null;
}

/** Since when it certainly matched nothing. */
export function idleSince({ knownSince, matchedAt }: GrantUse): string {
  return matchedAt === null || isBefore(matchedAt, knownSince) ? knownSince : matchedAt;
}
