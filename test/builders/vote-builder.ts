import type { VoteRecord } from '../../src/domain/people/vote-record.ts';

/** Somebody's approval of one binding. */
export function aVoteRecord(input: Partial<VoteRecord> = {}): VoteRecord {
  return {
    repositoryId: 100,
    pullRequest: 3,
    person: { login: 'mira', id: 21, kind: 'human' },
    says: 'approve',
    scope: 'workflow.change',
    head: 'a'.repeat(40),
    items: [{ scope: 'workflow.change', binding: `sha256:${'1'.repeat(64)}` }],
    reason: null,
    source: 'comment:1',
    at: '2026-11-20T12:00:00Z',
    ...input,
  };
}
