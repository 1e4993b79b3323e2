import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import type { Decision } from '../../src/domain/decision.ts';
import type { HeldItem } from '../../src/domain/held-item.ts';
import { appendApprovals } from '../../src/flows/append-approvals.ts';
import { aDecision } from '../builders/decision-builder.ts';
import { aSnapshot } from '../builders/a-snapshot.ts';
import { memoryStore } from '../fakes/memory-store.ts';

function held(approvedBy: readonly string[], rest: Partial<HeldItem> = {}): HeldItem {
  return { scope: 'infra.change', name: 'infra.change infra/a.tf', binding: `sha256:${'1'.repeat(64)}`, from: 'tier2', count: 2, approvedBy, waits: true, ...rest };
}

/** The entries that the last of these decisions adds, each made in the order given. */
async function added(...decisions: readonly (readonly HeldItem[])[]): Promise<readonly string[]> {
  const store = memoryStore();
  let before: Decision | null = null;
  let known = 0;
  let events: readonly string[] = [];
  for (const items of decisions) {
    const decision = aDecision({ held: items });
    const record = { id: '00000000-0000-7000-8000-000000000001', repository: aSnapshot().repository, subject: 'pull-request:7', entry: 'main', baseBranch: 'main', decision, decidedAt: new Date('2026-11-20T12:00:00Z') };
    await store.transaction((transaction) => appendApprovals(transaction, record, { title: 'Change', before }));
    const entries = await store.audit.entries(1, known, 100);
    events = entries.map((entry) => JSON.parse(new TextDecoder().decode(entry.leaf))).map(({ event, outcome }: { event: string; outcome: string }) => `${event} ${outcome}`);
    known += events.length;
    before = decision;
  }
  return events;
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
