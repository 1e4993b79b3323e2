import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { HeldItem } from '../../src/domain/held-item.ts';
import { appendApprovals } from '../../src/flows/append-approvals.ts';
import { aDecision } from '../builders/decision-builder.ts';
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
});
