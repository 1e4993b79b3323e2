import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { HeldItem } from '../../src/domain/held-item.ts';
import { appendApprovals } from '../../src/flows/append-approvals.ts';
import { aSnapshot } from '../builders/a-snapshot.ts';
import { aDecision } from '../builders/decision-builder.ts';
import { aVoteRecord } from '../builders/vote-builder.ts';
import { entriesAdded } from './entries-added.ts';

function held(approvedBy: readonly string[], rest: Partial<HeldItem> = {}): HeldItem {
  return { scope: 'infra.change', name: 'infra.change infra/a.tf', binding: `sha256:${'1'.repeat(64)}`, from: 'tier2', count: 2, approvedBy, waits: true, ...rest };
}

/** What is added for the last of these, each decided in the order given. */
async function added(...decisions: readonly (readonly HeldItem[])[]): Promise<readonly string[]> {
  return entriesAdded(appendApprovals, decisions.map((items) => aDecision({ held: items })));
}

suite('appendApprovals', () => {
  test('adds an entry for each yes that counts', async () => {
    assert.deepEqual(await added([held(['ann', 'bob'])]), Array.from({ length: 2 }, () => 'approval.counted counts for infra.change: infra.change infra/a.tf, 2 of 2 needed'));
    assert.deepEqual(await added([held([])]), []);
  });

  test('adds nothing for what counted before', async () => {
    assert.deepEqual(await added([held(['ann'])], [held(['ann'])]), []);
    assert.equal((await added([held(['ann'])], [held(['ann', 'bob'])])).length, 1);
  });

  test('adds an entry where it is bound to other content, and where it counts again', async () => {
    assert.equal((await added([held(['ann'])], [held(['ann'], { binding: `sha256:${'2'.repeat(64)}` })])).length, 1);
    assert.equal((await added([held(['ann'])], [held([])], [held(['ann'])])).length, 1);
  });

  test('adds an entry where what counted is not found any more, as after a review was dismissed', async () => {
    assert.deepEqual(await added([held(['ann', 'bob'])], [held(['bob'])]), ['approval.withdrawn counts no longer for infra.change: infra.change infra/a.tf, 1 of 2 needed']);
    assert.deepEqual(await added([held(['ann'])], [held([])], [held([])]), []);
  });

  test('adds none for a yes to content that is another by now', async () => {
    assert.deepEqual(await added([held(['ann'])], [held([], { binding: `sha256:${'2'.repeat(64)}` })]), []);
    assert.deepEqual(await added([held(['ann'])], []), []);
  });

  test('adds none where its person has taken it back in words since it counted', async () => {
    const taken = aVoteRecord({ person: { login: 'ann', id: 4, kind: 'human' }, repositoryId: aSnapshot().repository.id, pullRequest: 7 });
    const after = (at: string, says: 'withdraw' | 'approve' = 'withdraw') => entriesAdded(appendApprovals, [aDecision({ held: [held(['ann'])] }), aDecision({ held: [held([])] })], [{ ...taken, says, at }]);
    assert.deepEqual(await after('2026-11-20T12:00:00.000Z'), []);
    assert.equal((await after('2026-11-20T11:59:59.000Z')).length, 1);
    assert.equal((await after('2026-11-20T12:00:00.000Z', 'approve')).length, 1);
  });
});
