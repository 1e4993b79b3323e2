import assert from 'node:assert/strict';
import { test } from 'node:test';
import { judgeChange } from './a-change.ts';
import { nextSteps } from './next-steps.ts';

for (const [code, what, change, next] of nextSteps) {
  test(`${code} ${what} names the command that mends it`, () => {
    assert.equal(judgeChange(change).findings.find((one) => one.code === code)?.next, next);
  });
}
