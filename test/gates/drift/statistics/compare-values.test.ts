import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonValue } from '../../../../src/domain/json-value.ts';
import { compareValues } from '../../../../src/gates/drift/statistics/compare-values.ts';
import type { Tolerances } from '../../../../src/gates/drift/statistics/compare-values.ts';
import { measureExact } from '../../../../src/gates/drift/statistics/measure-exact.ts';
import type { NumberTolerance } from '../../../../src/gates/drift/statistics/number-distance.ts';

const none: Tolerances = new Map();
const within = (kind: NumberTolerance['kind'], value: number, pointer = '', direction: NumberTolerance['direction'] = 'both'): Tolerances => new Map([[pointer, { kind, value, direction }]]);
const told = (agreed: JsonValue, found: JsonValue | undefined, tolerances = none): readonly string[] => compareValues(agreed, found, tolerances).map(({ pointer, kind }) => `${kind} ${pointer}`);

test('compareValues() sees the same value in another order of members, and in another zero', () => {
  assert.deepEqual(told({ a: 1, b: [0, null] }, { b: [-0, null], a: 1 }), []);
});

test('compareValues() names each part that is changed, missing or added', () => {
  assert.deepEqual(told({ a: 1, b: [1, 2], c: { 'd/e': 'x' } }, { a: '1', b: [1], c: { 'd/e': 'y' }, f: null }), ['changed /a', 'missing /b/1', 'changed /c/d~1e', 'added /f']);
  assert.deepEqual(told({ a: 1 }, undefined), ['missing ']);
  assert.deepEqual(told([1, 2], [2, 1]), ['changed /0', 'changed /1']);
});

test('compareValues() does not take what every object has for a member', () => {
  assert.deepEqual(told({ toString: 1 }, {}), ['missing /toString']);
  assert.deepEqual(told({}, { constructor: 1 }), ['added /constructor']);
});

test('a tolerance is counted in decimals, so that 0.848 is within 0.001 of 0.847', () => {
  assert.ok(Math.abs(0.848 - 0.847) > 0.001);
  assert.deepEqual([told(0.847, 0.848, within('absolute', 0.001)), told(0.847, 0.8481, within('absolute', 0.001))], [[], ['changed ']]);
  assert.deepEqual([told(-200, -220, within('relative', 0.1)), told(-200, -220.1, within('relative', 0.1)), told(0, 1e-300, within('relative', 0.1))], [[], ['changed '], ['changed ']]);
});

test('a tolerance in ulp counts doubles, across 0 too', () => {
  const next = 1 + Number.EPSILON;
  assert.deepEqual([told(1, next, within('ulp', 1)), told(1, next + Number.EPSILON, within('ulp', 1)), told(-Number.MIN_VALUE, Number.MIN_VALUE, within('ulp', 2)), told(-Number.MIN_VALUE, Number.MIN_VALUE, within('ulp', 1))], [[], ['changed '], [], ['changed ']]);
});

test('the nearest tolerance counts, and one way only where it has a direction', () => {
  const tolerances = new Map([...within('absolute', 10), ...within('absolute', 0, '/a')]);
  assert.deepEqual(told({ a: 1, b: [1] }, { a: 2, b: [9] }, tolerances), ['changed /a']);
  assert.deepEqual([told(1, 5, within('absolute', 1, '', 'decrease')), told(5, 1, within('absolute', 1, '', 'decrease'))], [[], ['changed ']]);
});

test('a tolerance of numbers excuses no other type', () => {
  assert.deepEqual(told(1, '1', within('absolute', 1e9)), ['changed ']);
  assert.deepEqual(told(1, null, within('absolute', 1e9)), ['changed ']);
});

test('what JSON can not express, or is nested too deep, is unreadable and never passes', () => {
  const deep = Array.from({ length: 10_000 }).reduce<JsonValue>((inner) => [inner], 1);
  for (const found of [Number.NaN, Number.POSITIVE_INFINITY, [1, Number.NaN]] satisfies JsonValue[]) {
    const { verdict } = measureExact({ kind: 'exact', baseline: Array.isArray(found) ? [1, 2] : 1, found, tolerances: within('absolute', 1e9) });
    assert.equal(verdict, 'inconclusive');
  }
  assert.equal(measureExact({ kind: 'exact', baseline: deep, found: deep, tolerances: none }).verdict, 'inconclusive');
  assert.equal(measureExact({ kind: 'exact', baseline: Number.NaN, found: Number.NaN, tolerances: none }).verdict, 'inconclusive');
});

test('measureExact() finds a drift in a missing part, and says where', () => {
  const { verdict, why } = measureExact({ kind: 'exact', baseline: { score: 1, by: { team: 2 } }, found: { score: 1, by: {} }, tolerances: none });
  assert.deepEqual([verdict, why], ['drift', '"/by/team" is missing.']);
});

test('measureExact() judges nothing by a tolerance that is none', () => {
  for (const tolerances of [within('absolute', Number.NaN), within('relative', -1), within('ulp', Number.POSITIVE_INFINITY), within('absolute', 1, 'a')]) assert.equal(measureExact({ kind: 'exact', baseline: 1, found: 1, tolerances }).verdict, 'inconclusive');
});
