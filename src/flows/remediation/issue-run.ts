import type { IssueRecord } from '../../domain/issue/issue-record.ts';
import type { IssueText } from '../../domain/issue/seen-issue.ts';
import type { GitHubIssues } from '../ports/github-issues.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { RemediationRun } from './remediation-run.ts';

/** The issue of one drift being looked at. */
export interface IssueRun extends RemediationRun {
  readonly issues: GitHubIssues;
  /** What it has to say; null where nothing is wanted. */
  readonly wanted: IssueText | null;
  keep(transaction: StoreTransaction, record: IssueRecord): Promise<void>;
}
