import type { Digest } from '../digest.ts';

/** What scans tell of entries that somebody may clean up. None of these is in a decision: each has a page in `docs/findings/`. */
export const leftoverCodes = ['whitelist/expired', 'whitelist/unused', 'waiver/expired'] as const;

export type LeftoverCode = (typeof leftoverCodes)[number];

/** An entry of a whitelist or a waiver file that permits nothing any more, or that nobody needs. All text of it is hostile. */
export interface Leftover {
  readonly code: LeftoverCode;
  /** Over all that the entry says: written otherwise it is another one. */
  readonly entry: Digest;
  /** Of the file in which it stands. */
  readonly path: string;
  /** The action that it names, or the code that it waives. */
  readonly about: string;
  /** The path or the contract of what it waives; null for an entry of a whitelist. */
  readonly target: string | null;
  readonly owner: string;
  /** ISO 8601: when it ended, or since when it matched nothing. */
  readonly since: string;
}

/** The leftovers of one repository, or of the organisation. */
export interface LeftoversOf {
  /** Null: the organisation's. */
  readonly repositoryId: number | null;
  readonly leftovers: readonly Leftover[];
}

/** Whether two say the same of the same entry. */
export function isSameLeftover(one: Leftover, other: Leftover): boolean {
  return one.code === other.code && one.entry === other.entry;
}
