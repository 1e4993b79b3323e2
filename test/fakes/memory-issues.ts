import type { IssueKey } from '../../src/domain/issue/issue-record.ts';
import type { IssueStore } from '../../src/flows/ports/issue-store.ts';
import type { MemoryState } from './memory-state.ts';

export function issues(state: MemoryState): IssueStore {
  const nameOf = ({ accountId, topic }: IssueKey): string => `${accountId}:${topic}`;
  return {
    issueRecord: async (key) => state.issues.get(nameOf(key)) ?? null,
    saveIssueRecord: async (key, record) => void state.issues.set(nameOf(key), record),
  };
}
