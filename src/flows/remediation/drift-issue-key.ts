import type { IssueKey } from '../../domain/issue/issue-record.ts';
import type { RemediationRecord } from '../../domain/remediation/remediation-record.ts';

/** Names the issue about one drift. */
export function driftIssueKey({ repository, fingerprint }: Pick<RemediationRecord, 'repository' | 'fingerprint'>): IssueKey {
  return { accountId: repository.account.id, topic: `drift:${repository.id}:${fingerprint}` };
}
