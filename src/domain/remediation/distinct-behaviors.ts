import type { RemediationRecord } from './remediation-record.ts';

/** The behaviours that remediations are of, each once, in the order in which they come. */
export function distinctBehaviors(records: readonly RemediationRecord[]): readonly { readonly repositoryId: number; readonly behavior: string }[] {
  const each = records.map(({ repository, behavior }) => [`${repository.id} ${behavior}`, { repositoryId: repository.id, behavior }] as const);
  return [...new Map(each).values()];
}
