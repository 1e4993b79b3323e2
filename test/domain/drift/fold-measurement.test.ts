import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { digestOfValue } from '../../../src/domain/digest.ts';
import type { DriftOutcome, DriftRecord } from '../../../src/domain/drift/drift-record.ts';
import { foldMeasurement, isFlapping } from '../../../src/domain/drift/fold-measurement.ts';
import type { DriftChange, DriftMeasurement } from '../../../src/domain/drift/fold-measurement.ts';
import { leftToConfirm } from '../../../src/domain/drift/left-to-confirm.ts';
import { repairTimeOf } from '../../../src/domain/drift/repair-time.ts';

const begin = Date.parse('2026-11-26T12:00:00Z');
const agreed = digestOfValue('agreed');
const other = digestOfValue('another agreement');
const confirmAfter = 60_000;

function at(minutes: number): string {
  return new Date(begin + Math.round(minutes * 60_000)).toISOString();
}

interface Measured extends Partial<Pick<DriftMeasurement, 'agreed' | 'observed' | 'decides'>> {
  readonly outcome: DriftOutcome;
  /** Minutes; left out: as long as it takes to confirm, after the one before. */
  readonly minute?: number;
  /** Minutes that it took. */
  readonly took?: number;
}

/** One measurement a minute, in their order. */
function fold(measured: readonly (DriftOutcome | Measured)[]) {
  const changes: (readonly [number, DriftChange])[] = [];
  let record: DriftRecord | null = null;
  for (const [index, one] of measured.entries()) {
    const { outcome, minute = index, took = 0, ...said } = typeof one === 'string' ? { outcome: one } : one;
    const folded = foldMeasurement(record, { repositoryId: 1, behavior: 'b', playbook: null, outcome, agreed, observed: outcome === 'drift' ? 'file/changed' : null, decides: true, begunAt: at(minute - took), at: at(minute), confirmAfter, commit: 'a'.repeat(40), ...said });
    ({ record } = folded);
    if (folded.change !== null) changes.push([minute, folded.change]);
  }
  return { record, changes };
}

test('a drift counts once a second measurement says so, and is told once', () => {
  assert.deepEqual(fold(['drift']).changes, []);
  const { record, changes } = fold(['drift', 'drift', 'drift']);
  assert.deepEqual([changes, record?.standing, record?.episode], [[[1, { kind: 'detected' }]], 'drift', { confirmedAt: at(1), inconclusiveMs: 0 }]);
  assert.deepEqual([record?.drifting, record?.first], [{ agreed, observed: 'file/changed', decides: true, since: at(1) }, null]);
});

test('a drift is over once a second measurement says so, and its run is told', () => {
  const { record, changes } = fold(['drift', 'drift', 'pass', 'pass']);
  assert.deepEqual(changes[1], [3, { kind: 'cleared', run: { repositoryId: 1, behavior: 'b', playbook: null, confirmedAt: at(1), inconclusiveMs: 0, cleanAt: at(3) } }]);
  assert.deepEqual([record?.standing, record?.drifting, record?.episode, record?.flips], ['pass', null, null, [at(1), at(3)]]);
});

test('a measurement that comes too soon confirms nothing, and the first one is waited from: neither for a drift nor for its end', () => {
  const soon = (outcome: DriftOutcome, from: number): readonly Measured[] => [0, 0.05, 0.5, 0.99].map((minute) => ({ outcome, minute: from + minute }));
  assert.deepEqual(fold(soon('drift', 0)).changes, []);
  assert.deepEqual(fold([...soon('drift', 0), { outcome: 'drift', minute: 1 }]).changes.map(([minute, { kind }]) => [minute, kind]), [[1, 'detected']]);
  assert.equal(fold(['drift', 'drift', ...soon('pass', 2)]).record?.standing, 'drift');
});

test('a measurement that began before it could confirm, and took long, confirms nothing', () => {
  assert.deepEqual(fold(['drift', { outcome: 'drift', minute: 5, took: 4.5 }]).changes, []);
  assert.equal(fold(['drift', { outcome: 'drift', minute: 5, took: 4 }]).changes.length, 1);
});

test('a drift from another agreement, or of another class, is confirmed anew, and is told as another one', () => {
  for (const said of [{ agreed: other }, { observed: 'file/missing' }]) {
    const one = fold(['drift', 'drift', { outcome: 'drift', ...said }]);
    assert.deepEqual([one.changes.length, one.record?.standing, one.record?.drifting?.agreed, one.record?.first?.at], [1, 'drift', agreed, at(2)]);
    const both = fold(['drift', 'drift', { outcome: 'drift', ...said }, { outcome: 'drift', ...said }]);
    assert.deepEqual(both.changes[1], [3, { kind: 'changed' }]);
    assert.deepEqual([both.record?.drifting, both.record?.episode?.confirmedAt, both.record?.flips], [{ agreed, observed: 'file/changed', decides: true, ...said, since: at(3) }, at(1), [at(1)]]);
  }
});

test('two measurements of different agreements confirm neither', () => {
  assert.deepEqual(fold(['drift', { outcome: 'drift', agreed: other }]).changes, []);
  assert.equal(fold(['drift', 'drift', 'pass', { outcome: 'pass', agreed: other }]).record?.standing, 'drift');
});

test('a first measurement that a wrong clock dated ahead does not keep others from being confirmed', () => {
  assert.equal(fold([{ outcome: 'drift', minute: 1_000_000 }, 'drift', 'drift']).record?.standing, 'drift');
});

test('what only observes neither ends a drift that was decided nor makes another one of it, and its own end is no repair', () => {
  const observed = (outcome: DriftOutcome): Measured => ({ outcome, decides: false });
  for (const outcome of ['pass', 'drift'] as const) {
    const { record, changes } = fold(['drift', 'drift', observed(outcome), observed(outcome), observed(outcome)]);
    assert.deepEqual([changes.length, record?.standing, record?.drifting?.decides, record?.first], [1, 'drift', true, null]);
  }
  assert.deepEqual(fold([observed('drift'), observed('drift'), observed('pass'), observed('pass')]).changes[1], [3, { kind: 'cleared', run: null }]);
  assert.equal(fold([observed('drift'), observed('drift'), 'drift', 'drift']).record?.drifting?.decides, true);
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

test('what says something else than what stands has yet to be confirmed', () => {
  const rows: readonly (readonly [readonly DriftOutcome[], boolean])[] = [[['pass'], true], [['pass', 'pass'], false], [['pass', 'pass', 'drift'], true], [['pass', 'pass', 'error'], false], [['drift', 'drift', 'pass', 'drift'], false]];
  assert.deepEqual(rows.map(([outcomes]) => fold(outcomes).record?.first !== null), rows.map(([, expected]) => expected));
});

test('what was kept before it was known which drift stands is confirmed anew', () => {
  const [older] = [fold(['drift', 'drift']).record];
  const kept = older === null ? null : { ...older, drifting: null };
  const { record, change } = foldMeasurement(kept, { repositoryId: 1, behavior: 'b', playbook: null, outcome: 'drift', agreed, observed: 'file/changed', decides: true, begunAt: at(2), at: at(2), confirmAfter, commit: 'a'.repeat(40) });
  assert.deepEqual([record.standing, record.first?.at, change], ['drift', at(2), null]);
});

test('three changes within a week are flapping, and are forgotten after it', () => {
  const { record } = fold(['drift', 'drift', 'pass', 'pass', 'drift', 'drift']);
  assert.deepEqual([record !== null && isFlapping(record, at(6)), record !== null && isFlapping(record, at(7 * 1_440 + 2))], [true, false]);
});

const anyMeasured: fc.Arbitrary<Measured> = fc.record({ outcome: fc.constantFrom<DriftOutcome>('pass', 'drift', 'drift', 'inconclusive', 'error'), agreed: fc.constantFrom(agreed, agreed, other), minute: fc.constantFrom(0.1, 0.5, 1, 1, 2), took: fc.constantFrom(0, 0, 0.4, 1.5) });

/** As fold() takes them: each some minutes after the one before. */
function inTime(measured: readonly Measured[]): readonly (Measured & { readonly minute: number; readonly took: number })[] {
  let minute = 0;
  return measured.map(({ minute: after = 0, took = 0, ...one }) => ({ ...one, took, minute: (minute += after) }));
}

test('whatever is measured whenever, nothing is confirmed without two measurements that say the same of the same, with nothing else in between, the second begun a minute after the first', () => {
  fc.assert(
    fc.property(fc.array(anyMeasured, { maxLength: 30 }), (measured) => {
      const all = inTime(measured);
      let isDrifting = false;
      for (const [minute, { kind }] of fold(all).changes) {
        const last = all.findLastIndex((one) => one.minute === minute);
        const confirming = all[last];
        assert.ok(confirming !== undefined);
        assert.deepEqual([confirming.outcome, isDrifting], kind === 'cleared' ? ['pass', true] : ['drift', kind === 'changed']);
        isDrifting = confirming.outcome === 'drift';
        const before = all.slice(0, last + 1).toReversed();
        const row = before.slice(0, before.findIndex((one) => one.outcome !== confirming.outcome || one.agreed !== confirming.agreed) >>> 0);
        assert.ok(row.some((one) => Math.round((confirming.minute - confirming.took - one.minute) * 60_000) >= confirmAfter), 'confirmed too soon');
      }
    }),
    { seed: 5, numRuns: process.env['PLUMBLINE_LONG'] === '1' ? 20_000 : 150 },
  );
});

test('whatever was measured, what is measured twice in time and stays so is confirmed: nothing is waited for in vain', () => {
  fc.assert(
    fc.property(fc.array(anyMeasured, { maxLength: 20 }), fc.constantFrom<'pass' | 'drift'>('pass', 'drift'), (measured, outcome) => {
      const all = inTime(measured);
      const end = (all.at(-1)?.minute ?? 0) + 1;
      const { record } = fold([...all, { outcome, minute: end }, { outcome, minute: end + 1 }]);
      assert.deepEqual([record?.standing, record?.first, record?.drifting?.agreed], [outcome, null, outcome === 'drift' ? agreed : undefined]);
    }),
    { seed: 6, numRuns: 200 },
  );
});

test('leftToConfirm() waits for the last of those that are left, measures once more what came too soon, and lets what says something else again come and go', () => {
  const records = (...measured: readonly Measured[][]): readonly DriftRecord[] => measured.flatMap((one, index) => [fold(one).record].flatMap((record) => (record === null ? [] : [{ ...record, behavior: `b${index}` }])));
  const planned = (minute: number, isConfirming: boolean, all: readonly DriftRecord[]) => leftToConfirm(all, { now: new Date(at(minute)), confirmAfter, isConfirming });
  assert.deepEqual(planned(0.5, false, records([{ outcome: 'drift', minute: 0 }], [{ outcome: 'drift', minute: 0.5 }])), { behaviors: ['b0', 'b1'], at: new Date(at(1.5)) });
  assert.deepEqual(planned(0.5, true, records([{ outcome: 'drift', minute: 0 }, { outcome: 'drift', minute: 0.5 }])), { behaviors: ['b0'], at: new Date(at(1)) });
  assert.equal(planned(1, true, records([{ outcome: 'drift', minute: 0 }, { outcome: 'pass', minute: 1 }])), null);
  assert.equal(planned(9, false, records([{ outcome: 'drift', minute: 0 }])), null);
});

test('repairTimeOf() tells mean and 90th percentile of the newest ten, without what could not be told', () => {
  const runs = Array.from({ length: 12 }, (_, index) => ({ repositoryId: 1, behavior: 'b', playbook: null, confirmedAt: at(index * 100), cleanAt: at(index * 100 + index + 1), inconclusiveMs: index === 11 ? 60_000 : 0 }));
  // The last ten took 3 to 11 minutes and, without one of them, 11.
  assert.deepEqual(repairTimeOf(runs), { runs: 10, mean: 7.4 * 60_000, p90: 11 * 60_000, meanInconclusive: 6_000 });
  assert.equal(repairTimeOf([]), null);
});
