import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { NextStep } from '../../../src/domain/remediation/step.ts';
import { simulate } from './model/simulate.ts';
import type { Outcome } from './model/simulate.ts';
import { fingerprints } from './model/world.ts';

const seeds = process.env['PLUMBLINE_LONG'] === '1' ? 12_000 : 300;

/** Plays every seed. What must never happen throws in the model: a lost commit of people, a rewritten branch, a close on missing evidence, no rest. */
function playAll(brokenLeases: boolean, look: (outcome: Outcome, seed: number) => void): void {
  for (let seed = 1; seed <= seeds; seed += 1) look(played(seed, brokenLeases), seed);
}

function played(seed: number, brokenLeases: boolean): Outcome {
  try {
    return simulate(seed, { brokenLeases });
  } catch (thrown) {
    throw new Error(`seed ${seed}`, { cause: thrown });
  }
}

test('2 to 8 workers, people and accidents by turns: never two open for one drift, no lost commit, no close on missing evidence, and rest', () => {
  const rows = new Set<NextStep['row']>();
  playAll(false, (outcome, seed) => {
    assert.ok(outcome.mostOpen <= 1, `seed ${seed}: ${outcome.mostOpen} open for one drift`);
    for (const row of outcome.rows) rows.add(row);
  });
  // Row 1 needs what never happens here.
  assert.deepEqual([...rows].toSorted((a, b) => (a ?? -1) - (b ?? -1)), [null, 0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]);
});

test('leases that end in the middle of a write lose no commit either; what was opened twice is closed again, or people are told', () => {
  playAll(true, ({ world, last }, seed) => {
    for (const [index, fingerprint] of fingerprints.entries()) {
      const open = world.openOf(fingerprint);
      assert.ok(open.length <= 1 || last[index]?.reason === 'duplicates', `seed ${seed}: ${open.join(', ')} stay open`);
    }
  });
});

test('when all is calm, what has drifted has its pull request or a reason for none, and what has not has none of ours alone', () => {
  const reasons = new Set(['same_content', 'queued', 'touched', 'taken_over', 'closed_by_human', 'closed_by_unknown', 'flapping', 'verifying', 'ineffective_twice', 'foreign_branch', 'branch_in_the_way']);
  playAll(false, ({ world, last }, seed) => {
    for (const [index, fingerprint] of fingerprints.entries()) {
      const { reason, row } = last[index] ?? assert.fail();
      if (world.truth === fingerprint) assert.ok(reasons.has(reason), `seed ${seed}: row ${row}, ${reason}`);
      else assert.ok(['no_drift', 'other_drift', 'queued', 'touched', 'drift_changed'].includes(reason), `seed ${seed}: row ${row}, ${reason}`);
      if (reason === 'no_drift' || reason === 'other_drift') assert.deepEqual(world.openOf(fingerprint), []);
    }
  });
});
