import type { IssueChange, IssueText, SeenIssue } from '../../domain/issue/seen-issue.ts';

/** Issues that our App opens in one repository. It asks with a token that may do nothing else, which not every installation grants: then each call throws GITHUB_REFUSED. */
export interface GitHubIssues {
  /** The newest of ours that ends in the marker, in whatever state, with a number above this one. Anyone can write a marker; only what our App opened counts. @returns Its number. */
  find(marker: string, above: number): Promise<number | null>;
  /** Read anew; null when it is gone: deleted, moved to another repository, or none of ours. */
  read(number: number): Promise<SeenIssue | null>;
  /** Throws GITHUB_AMBIGUOUS when it may or may not have been opened: it MUST NOT be repeated before `find`. */
  open(issue: IssueText): Promise<{ readonly number: number; readonly url: string }>;
  /** Doing so twice is doing so once. What is null stays as it is. @returns False when it is gone. */
  edit(number: number, wanted: IssueChange): Promise<boolean>;
  /** Our one comment, edited in place. */
  say(number: number, text: string): Promise<void>;
}
