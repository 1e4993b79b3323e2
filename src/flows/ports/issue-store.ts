import type { IssueKey, IssueRecord } from '../../domain/issue/issue-record.ts';

/** What a store keeps of the issues of our App, within its transactions. */
export interface IssueStore {
  /** Null when nothing is kept of it. */
  issueRecord(key: IssueKey): Promise<IssueRecord | null>;
  saveIssueRecord(key: IssueKey, record: IssueRecord): Promise<void>;
}
