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
