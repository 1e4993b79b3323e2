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

/** The number of the pull request that the branch of a merge group is named after, its last; null where it tells none. */
export function memberOfGroup(subject: string): number | null {
  const number = /^merge-group:.*\/pr-(\d{1,15})-[0-9a-f]{40,64}$/.exec(subject)?.[1];
  return number === undefined ? null : Number(number);
}
