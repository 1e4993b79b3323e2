import type { RemediationPullRecord } from './remediation-record.ts';

/** What our record says of a pull request of which it knows nothing. */
export function unrecordedPull(number: number): RemediationPullRecord {
  return { number, recorded: null, toldHead: null, takenOverAt: null, whyClosed: null, mergeToldAt: null, verifiedAt: null, canReopen: true, openedAt: null };
}
