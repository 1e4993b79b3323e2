/** An owned, reasoned, expiring permission for one finding. Only the base's entries count. */
export interface Waiver {
  readonly code: string;
  readonly fingerprint: string;
  /** Where it is named, only a finding at this path is silenced. */
  readonly path: string | null;
  /** Where it is named, only a finding about the contract of this id is silenced. */
  readonly contract: string | null;
  readonly owner: string;
  readonly reason: string;
  readonly grantedBy: string;
  /** ISO 8601 instant after which it silences nothing. */
  readonly until: string;
}

/** What is told of a waiver where it silences a finding. */
export interface AppliedWaiver extends Pick<Waiver, 'owner' | 'reason' | 'until'> {
  /** Days that it had left when it was judged; what is begun counts as whole. */
  readonly daysLeft: number;
}
