import type { Digest } from '../digest.ts';
import { digestOfValue } from '../digest.ts';
import { daysAfter, isBefore } from '../instant.ts';
import { idleSince } from '../whitelist/grant-use.ts';
import type { GrantUse } from '../whitelist/grant-use.ts';
import { endOf } from '../whitelist/whitelist-entry.ts';
import type { WhitelistEntry } from '../whitelist/whitelist-entry.ts';
import type { Leftover } from './leftover.ts';

/** Days in which an entry that is needed matches something. */
export const unusedDays = 90;

export interface GrantedEntry {
  readonly entry: WhitelistEntry;
  readonly grant: Digest;
}

export interface WhitelistSeen {
  /** Path of the configuration in which the entries stand. */
  readonly path: string;
  readonly uses: readonly GrantUse[];
  /** ISO 8601. */
  readonly now: string;
}

/** Entries of a whitelist that have ended, and those that our record knows for long enough and saw match nothing. What it does not know is not unused. */
export function whitelistLeftovers(entries: readonly GrantedEntry[], { path, uses, now }: WhitelistSeen): readonly Leftover[] {
  const byGrant = new Map(uses.map((use) => [use.grant, use]));
  return entries.flatMap(({ entry, grant }): readonly Leftover[] => {
    const { action, owner, until, reason } = entry;
    const told = { entry: digestOfValue([grant, owner, until, reason]), path, about: action, target: null, owner };
    if (!isBefore(now, endOf(entry))) return [{ ...told, code: 'whitelist/expired', since: endOf(entry) }];
    const use = byGrant.get(grant);
    const since = use === undefined ? now : idleSince(use);
    return isBefore(now, daysAfter(since, unusedDays)) ? [] : [{ ...told, code: 'whitelist/unused', since }];
  });
}
