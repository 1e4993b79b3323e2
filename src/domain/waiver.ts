/** An owned, reasoned, expiring permission for one finding. Only the base's entries count. */
export interface Waiver {
  readonly code: string;
  readonly fingerprint: string;
  readonly owner: string;
  readonly reason: string;
  readonly grantedBy: string;
  /** ISO 8601 instant after which it silences nothing. */
  readonly until: string;
}
