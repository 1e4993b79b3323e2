import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { TokenBucket } from '../../src/github/token-bucket.ts';

test('no window of any beginning holds more than its budget, whoever asks when', () => {
  const asked = fc.array(fc.record({ after: fc.integer({ min: 0, max: 2_000 }), amount: fc.constantFrom(1, 1, 5) }), { maxLength: 200 });
  fc.assert(
    fc.property(asked, (calls) => {
      const bucket = new TokenBucket({ most: 40, burst: 15, windowMs: 10_000 });
      const made: { readonly at: number; readonly amount: number }[] = [];
      let now = 0;
      for (const { after, amount } of calls) {
        now += after;
        const wait = bucket.waitFor(amount, now);
        if (wait > 4_000) continue;
        bucket.take(amount, now);
        made.push({ at: now + wait, amount });
      }
      for (const { at } of made) {
        const within = made.filter((one) => one.at >= at && one.at < at + 9_999);
        assert.ok(within.reduce((sum, one) => sum + one.amount, 0) <= 40.5, `${at}`);
      }
    }),
    { seed: 5, numRuns: 200 },
  );
});

test('it is full at first, empty after a burst, and full again after a quiet time', () => {
  const bucket = new TokenBucket({ most: 40, burst: 20, windowMs: 10_000 });
  for (let call = 0; call < 20; call += 1) bucket.take(1, 0);
  assert.deepEqual([bucket.waitFor(1, 0), bucket.waitFor(1, 250), bucket.waitFor(1, 500), bucket.waitFor(20, 10_000)], [500, 250, 0, 0]);
});
