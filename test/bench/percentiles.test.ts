import assert from 'node:assert/strict';
import { test } from 'node:test';
import { median, percentile } from '../../bench/parts/percentiles.ts';

test('percentile() gives a value that was measured, the smallest that covers the share', () => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index);
  assert.deepEqual([percentile(values, 0.5), percentile(values, 0.99), percentile(values, 1)], [50, 99, 100]);
});

test('median() of an even number of values takes the lower of the two in the middle', () => {
  assert.equal(median([4, 1, 3, 2]), 2);
});

test('percentile() of nothing is refused', () => {
  assert.throws(() => percentile([], 0.5), /found none/);
});
