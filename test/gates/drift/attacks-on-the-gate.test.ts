import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import type { SourceReading } from '../../../src/domain/behavior/source-reading.ts';
import type { JsonObject, JsonValue } from '../../../src/domain/json-value.ts';
import type { Verdict } from '../../../src/domain/verdict.ts';
import { answering, judgeBehaviorChange, now, ofChange } from './a-behavior-change.ts';
import { values } from './statistics/some-metrics.ts';

const numRuns = process.env['PLUMBLINE_LONG'] === '1' ? 20_000 : 25;

const metrics: readonly JsonObject[] = [
  { name: 'shift', samples: '/v', baseline: values(60), tolerance: { relative: 0.1 } },
  { name: 'paired', samples: '/v', baseline: values(60), tolerance: { absolute: 10 }, paired: true },
  { name: 'quantile', samples: '/v', baseline: values(60), tolerance: { relative: 0.5 }, quantile: 0.9 },
  { name: 'cases', samples: '/v', baseline: Array.from({ length: 60 }, () => true), paired: true, margin: 0.1 },
  { name: 'exact', pointer: '/v', baseline: 100, absolute: 1_000 },
  { name: 'rate', successes: '/v', trials: '/n', baseline: { successes: 58, trials: 60 }, margin: 0.1 },
];

/** Never throws: a gate that throws is inconclusive, which is as good, but says nothing. */
function outcome(metric: JsonObject, reading: SourceReading): Verdict['verdict'] {
  return judgeBehaviorChange({ behavior: ofChange({ metrics: [metric] }), reading }).verdict;
}

/** No measurement: what JSON can not express among it, as an adapter that is broken might let through. */
const nothing: fc.Arbitrary<JsonValue> = fc.constantFrom<JsonValue>(Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, null, '', 'NaN', [], {}, '0', { value: 1 }, [null], [Number.NaN, Number.NaN]);
const metric = fc.constantFrom(...metrics);

test('no answer of NaN, infinity, text, nothing or emptiness ever passes', () => {
  fc.assert(fc.property(metric, nothing, fc.boolean(), (one, value, isWhole) => assert.notEqual(outcome(one, answering(isWhole ? value : { v: value, n: 60 })), 'pass')), { seed: 42, numRuns });
});

test('one value that is none among many keeps the rest from passing', () => {
  const isList = metrics.filter(({ samples }) => samples !== undefined);
  fc.assert(
    fc.property(fc.constantFrom(...isList), nothing, fc.nat(59), (one, value, at) => {
      const list: JsonValue[] = one['margin'] === undefined ? [...values(60, 0, 2)] : Array.from({ length: 60 }, () => true);
      list[at] = value;
      assert.notEqual(outcome(one, answering({ v: list })), 'pass');
    }),
    { seed: 42, numRuns },
  );
});

test('a constant source and fewer than four samples never pass as samples', () => {
  const ofNumbers = metrics.slice(0, 3);
  fc.assert(fc.property(fc.constantFrom(...ofNumbers), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer({ min: 1, max: 80 }), (one, value, count) => assert.notEqual(outcome(one, answering({ v: Array.from({ length: count }, () => value) })), 'pass')), { seed: 42, numRuns });
  fc.assert(fc.property(metric, fc.array(fc.double({ noNaN: true, min: 99, max: 101 }), { maxLength: 3 }), (one, list) => assert.notEqual(outcome(one, answering({ v: list })), 'pass')), { seed: 42, numRuns });
});

test('an answer of another time or of no time never passes', () => {
  const times = fc.constantFrom('', 'now', 'NaN', '2026-11-20T12:02:00.000Z', '2027-01-01T00:00:00Z', '2026-11-19T11:59:59.000Z', '0');
  fc.assert(fc.property(times, (observedAt) => assert.notEqual(judgeBehaviorChange({ reading: answering({ score: 0.847 }, observedAt) }).verdict, 'pass')), { seed: 42, numRuns: 20 });
});

test('one metric of many without a signal keeps all from passing', () => {
  const both = [{ name: 'score', pointer: '/score', baseline: 0.847, absolute: 0.001 }, { name: 'other', pointer: '/other', baseline: 1 }];
  fc.assert(fc.property(nothing, (other) => assert.notEqual(judgeBehaviorChange({ behavior: ofChange({ metrics: both }), reading: { kind: 'answered', value: { score: 0.847, other }, observedAt: now, generator: null } }).verdict, 'pass')), { seed: 42, numRuns: 50 });
});
