import assert from 'node:assert/strict';
import { test } from 'node:test';
import { askedOnce } from '../../src/domain/asked-once.ts';

test('askedOnce() asks once, whoever waits, and keeps the answer', async () => {
  let asked = 0;
  const ask = askedOnce(async () => (asked += 1));
  assert.deepEqual([...(await Promise.all([ask(), ask()])), await ask()], [1, 1, 1]);
});

test('askedOnce() keeps no trouble: it is asked again', async () => {
  const troubles = [new Error('first'), new Error('second')];
  const ask = askedOnce(async () => {
    const trouble = troubles.shift();
    if (trouble !== undefined) throw trouble;
    return 'there';
  });
  await assert.rejects(ask, /first/);
  await assert.rejects(ask, /second/);
  assert.deepEqual([await ask(), await ask()], ['there', 'there']);
});
