import assert from 'node:assert/strict';
import { test } from 'node:test';
import { backOff, mostTries } from '../../src/github/back-off.ts';

test('waits are anything up to an end that doubles from a second to a minute', () => {
  assert.deepEqual([1, 2, 3, 4, 7, 40].map((tries) => backOff(tries, 1)), [1_000, 2_000, 4_000, 8_000, 60_000, 60_000]);
  assert.deepEqual([backOff(3, 0), backOff(3, 0.5), mostTries], [0, 2_000, 5]);
});
