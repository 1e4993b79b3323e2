import assert from 'node:assert/strict';
import { test } from 'node:test';
import { samplesWait } from '../../../src/domain/sample/samples-wait.ts';
import type { Verdict } from '../../../src/domain/verdict.ts';
import { aDecision, aFinding, aVerdict } from '../../builders/decision-builder.ts';

const minute = 60_000;
const first = new Date('2026-11-20T12:00:00.000Z');
const at = (minutes: number): Date => new Date(first.getTime() + minutes * minute);
const path = 'behaviors/checkout.yaml';
const none = aFinding({ code: 'drift/no_signal', path });
const awaiting = (waits: Readonly<Record<string, number>>): Verdict => aVerdict('drift', [none], { awaits: Object.entries(waits).map(([behavior, minutes]) => ({ behavior, path, waitFor: minutes * minute })) });
const wait = (verdicts: readonly Verdict[], now: Date, since = first) => samplesWait(aDecision({ verdicts }), since, now);

test('samplesWait() lasts from the first judgement on until the first of the behaviours is overdue', () => {
  assert.deepEqual(wait([awaiting({ checkout: 30, search: 20 })], at(19)), { behaviors: ['checkout', 'search'], until: at(20), isAlone: true });
  assert.deepEqual([wait([awaiting({ checkout: 30, search: 20 })], at(20)), wait([awaiting({ checkout: 30 })], at(31))], [null, null]);
});

test('samplesWait() waits for nothing where nothing is awaited, or where the change is denied anyway', () => {
  assert.deepEqual([wait([aVerdict('drift', [none])], at(1)), wait([awaiting({ checkout: 30 }), aVerdict('contracts', [aFinding()])], at(1)), wait([aVerdict('drift')], at(1))], [null, null, null]);
});

test('samplesWait() tells whether anything else lacks an answer, in the same gate or in another one', () => {
  const other = aFinding({ code: 'drift/no_signal', path: 'behaviors/search.yaml' });
  const { awaits = [] } = awaiting({ checkout: 30 });
  const verdicts = [[awaiting({ checkout: 30 })], [aVerdict('drift', [none, other], { awaits })], [awaiting({ checkout: 30 }), aVerdict('contracts', [aFinding({ code: 'engine/failed', path })])]];
  assert.deepEqual(verdicts.map((one) => wait(one, at(1))?.isAlone), [true, false, false]);
});

test('attack: a clock that was put back prolongs no wait beyond its length', () => {
  assert.deepEqual(wait([awaiting({ checkout: 30 })], at(-600))?.until, at(-570));
});
