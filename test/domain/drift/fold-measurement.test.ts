import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { DriftOutcome, DriftRecord } from '../../../src/domain/drift/drift-record.ts';
import { foldMeasurement, isFlapping } from '../../../src/domain/drift/fold-measurement.ts';
import { repairTimeOf } from '../../../src/domain/drift/repair-time.ts';

const begin = Date.parse('2026-11-26T12:00:00Z');

function at(minutes: number): string {
  return new Date(begin + minutes * 60_000).toISOString();
}

/** One measurement a minute, in their order. */
function fold(outcomes: readonly DriftOutcome[]) {
  const changes: unknown[] = [];
  let record: DriftRecord | null = null;
  let isUnconfirmed = false;
  for (const [minute, outcome] of outcomes.entries()) {
    const folded = foldMeasurement(record, { repositoryId: 1, behavior: 'b', playbook: null, outcome, at: at(minute), commit: 'a'.repeat(40) });
    ({ record, isUnconfirmed } = folded);
    if (folded.change !== null) changes.push([minute, folded.change]);
  }
  return { record, changes, isUnconfirmed };
}

test('a drift counts once a second measurement says so, and is told once', () => {
  assert.deepEqual(fold(['drift']).changes, []);
  const { record, changes } = fold(['drift', 'drift', 'drift']);
  assert.deepEqual([changes, record?.standing, record?.episode], [[[1, { kind: 'detected' }]], 'drift', { confirmedAt: at(1), inconclusiveMs: 0 }]);
});

test('a drift is over once a second measurement says so, and its run is told', () => {
  const { record, changes } = fold(['drift', 'drift', 'pass', 'pass']);
  assert.deepEqual(changes[1], [3, { kind: 'cleared', run: { repositoryId: 1, behavior: 'b', playbook: null, confirmedAt: at(1), inconclusiveMs: 0, cleanAt: at(3) } }]);
  assert.deepEqual([record?.standing, record?.episode, record?.flips], ['pass', null, [at(1), at(3)]]);
});

test('a measurement that told nothing breaks a row, and changes nothing of what stands', () => {
  assert.deepEqual(fold(['drift', 'inconclusive', 'drift']).changes, []);
  assert.equal(fold(['drift', 'drift', 'error', 'inconclusive']).record?.standing, 'drift');
  assert.equal(fold(['drift', 'drift', 'pass', 'error', 'pass']).record?.standing, 'drift');
});

test('time in which nothing could be told is counted apart', () => {
  const { record, changes } = fold(['drift', 'drift', 'error', 'inconclusive', 'drift', 'pass', 'pass']);
  assert.deepEqual(changes[1], [6, { kind: 'cleared', run: { repositoryId: 1, behavior: 'b', playbook: null, confirmedAt: at(1), inconclusiveMs: 120_000, cleanAt: at(6) } }]);
  assert.equal(record?.episode, null);
});

test('what says something else than what stands is unconfirmed', () => {
  const rows: readonly (readonly [readonly DriftOutcome[], boolean])[] = [[['pass'], true], [['pass', 'pass'], false], [['pass', 'pass', 'drift'], true], [['pass', 'pass', 'error'], false], [['drift', 'drift', 'pass', 'drift'], false]];
  assert.deepEqual(rows.map(([outcomes]) => fold(outcomes).isUnconfirmed), rows.map(([, expected]) => expected));
});

test('three changes within a week are flapping, and are forgotten after it', () => {
  const { record } = fold(['drift', 'drift', 'pass', 'pass', 'drift', 'drift']);
  assert.deepEqual([record !== null && isFlapping(record, at(6)), record !== null && isFlapping(record, at(7 * 1_440 + 2))], [true, false]);
});

test('whatever was measured, a drift is never cleared without two passes in a row, nor detected without two drifts', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom<DriftOutcome>('pass', 'drift', 'inconclusive', 'error'), { maxLength: 30 }), (outcomes) => {
      for (const [minute, change] of fold(outcomes).changes as readonly (readonly [number, { readonly kind: string }])[]) {
        const expected = change.kind === 'detected' ? 'drift' : 'pass';
        assert.deepEqual([outcomes[minute - 1], outcomes[minute]], [expected, expected]);
      }
    }),
    { seed: 5, numRuns: 300 },
  );
});

test('repairTimeOf() tells mean and 90th percentile of the newest ten, without what could not be told', () => {
  const runs = Array.from({ length: 12 }, (_, index) => ({ repositoryId: 1, behavior: 'b', playbook: null, confirmedAt: at(index * 100), cleanAt: at(index * 100 + index + 1), inconclusiveMs: index === 11 ? 60_000 : 0 }));
  // The last ten took 3 to 11 minutes and, without one of them, 11.
  assert.deepEqual(repairTimeOf(runs), { runs: 10, mean: 7.4 * 60_000, p90: 11 * 60_000, meanInconclusive: 6_000 });
  assert.equal(repairTimeOf([]), null);
});
