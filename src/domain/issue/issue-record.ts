import type { Digest } from '../digest.ts';

/** What our record says of one issue of ours. */
export interface IssueRecord {
  /** Null before the first one was opened, and after it is gone. */
  readonly number: number | null;
  /** Null where there is none. */
  readonly url: string | null;
  /** The highest number that ever stood here: what is found by its marker and is older is none that we look for. */
  readonly newest: number;
  /** What it was written for last; null: it is not known what it says. */
  readonly content: Digest | null;
  readonly isOpen: boolean;
  /** What stands in the way, as it was told last: a cause of GitHub's no, `flapping`; null: nothing. */
  readonly told: string | null;
}

/** Names an issue within an account; its marker on GitHub says the same. */
export interface IssueKey {
  readonly accountId: number;
  /** `drift:<repository id>:<fingerprint>`, `digest`, or for the repository of a user `digest:<repository id>`. */
  readonly topic: string;
}

export const noIssue: IssueRecord = { number: null, url: null, newest: 0, content: null, isOpen: false, told: null };
