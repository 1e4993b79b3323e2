/** An issue that our App opened, as GitHub shows it now. */
export interface SeenIssue {
  readonly number: number;
  readonly url: string;
  /** `unknown`: another App, a ghost, or nobody that GitHub names. */
  readonly state: { readonly kind: 'open' } | { readonly kind: 'closed'; readonly at: string; readonly by: 'human' | 'us' | 'unknown' };
}

export interface IssueText {
  readonly title: string;
  /** Below it stands the marker. */
  readonly text: string;
  /** By which it is found again: an HTML comment that no other issue of ours ends in. */
  readonly marker: string;
}

export interface IssueChange {
  readonly issue: IssueText | null;
  readonly state: 'open' | 'closed' | null;
}

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
