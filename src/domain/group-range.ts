import type { Sha } from './tree.ts';

/** What a merge group consists of: all that is between two commits. */
export interface GroupRange {
  readonly headSha: Sha;
  /** Full ref of the group's branch, `refs/heads/gh-readonly-queue/…`. */
  readonly headRef: string;
  readonly baseSha: Sha;
  readonly baseRef: string;
}
