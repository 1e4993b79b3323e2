import type { Digest } from '../digest.ts';
import { daysAfter, isBefore } from '../instant.ts';

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
  /** The last match may be up to a day later; null: it matched nothing that we know of. */
  readonly matchedAt: string | null;
}

/** Since when it certainly matched nothing. */
export function idleSince({ knownSince, matchedAt }: GrantUse): string {
  const lastAt = matchedAt === null ? null : daysAfter(matchedAt, 1);
  return lastAt === null || isBefore(lastAt, knownSince) ? knownSince : lastAt;
}
