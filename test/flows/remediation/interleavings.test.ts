import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertAtRest } from './assert-at-rest.ts';
import { simulateFlow } from './simulate-flow.ts';
import type { Outcome } from './simulate-flow.ts';

const isLong = process.env['PLUMBLINE_LONG'] === '1';

/** Plays every seed. What must never happen throws: a second pull request for one drift, a lost commit of people, a rewritten branch, a close on missing evidence, no rest. */
async function playAll(brokenLeases: boolean, seeds: number, look: (outcome: Outcome, seed: number) => void): Promise<void> {
  for (let seed = 1; seed <= seeds; seed += 1) {
    const outcome = await simulateFlow(seed, { brokenLeases }).catch((thrown: unknown) => {
      throw new Error(`seed ${seed}`, { cause: thrown });
    });
    look(outcome, seed);
  }
}

test('2 to 8 workers of the flow, people and accidents by turns: never two pull requests for one drift, no lost commit, no close on missing evidence, and rest', async () => {
  const intended = new Set<string>();
  await playAll(false, isLong ? 10_000 : 40, (outcome, seed) => {
    assertAtRest(outcome, seed);
    for (const event of outcome.events) if (event.startsWith('remediation.intent ')) intended.add(event.slice('remediation.intent '.length));
  });
  // Duplicates need a person who reopens in the middle of a write, which is rare.
  intended.delete('close_duplicates');
  assert.deepEqual([...intended].toSorted(), ['adopt', 'append', 'close', 'create', 'create_pull_request', 'delete_branch', 'freeze', 'reopen', 'retell', 'supersede']);
});

test('leases that end in the middle of a write lose no commit either; what was opened twice is closed again, or people are told', async () => {
  let most = 0;
  await playAll(true, isLong ? 10_000 : 20, (outcome, seed) => {
    most = Math.max(most, outcome.mostOpen);
    assertAtRest(outcome, seed);
  });
  assert.ok(most <= 2, `${most} were open at once`);
});
