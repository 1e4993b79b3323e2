/** Who a decision is about, as text that stands in the store, the audit log and job payloads. */
export function pullRequestSubject(number: number): string {
  return `pull-request:${number}`;
}

/** @param headRef Full ref of the group's branch. */
export function mergeGroupSubject(headRef: string): string {
  return `merge-group:${headRef}`;
}

export function isMergeGroup(subject: string): boolean {
  return subject.startsWith('merge-group:');
}

/** The number of a pull request's subject; null for any other subject. */
export function pullRequestNumber(subject: string): number | null {
  const number = /^pull-request:(\d{1,15})$/.exec(subject)?.[1];
  return number === undefined ? null : Number(number);
}
