import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { Failure } from '../../src/domain/failure.ts';
import { mostAttempts, mostAttemptsInTrouble, nextStep } from '../../src/worker/retry-policy.ts';

const now = new Date('2026-11-20T12:00:00Z');
const failure = new Failure('GATE_FAILED', 'Cannot judge: broken');
const outage = new Failure('GITHUB_UNAVAILABLE', 'Cannot read: 502');

function waitOf(attempt: number, random: number, thrown = failure): number | 'bury' {
  const step = nextStep({ kind: 'evaluate', attempt }, thrown, now, random);
  return step.kind === 'bury' ? 'bury' : step.at.getTime() - now.getTime();
}

test('nextStep() waits longer after each attempt and buries after the fifth', () => {
  assert.deepEqual([1, 2, 3, 4, 5, 6].map((attempt) => waitOf(attempt, 0.5)), [5_000, 30_000, 120_000, 600_000, 'bury', 'bury']);
});

test('nextStep() of trouble elsewhere goes on hourly for a day after the growing waits, then buries', () => {
  const waits = Array.from({ length: mostAttemptsInTrouble }, (_, index) => waitOf(index + 1, 0.5, outage));
  assert.deepEqual(waits, [5_000, 30_000, 120_000, 600_000, ...Array.from({ length: 24 }, () => 3_600_000), 'bury']);
});

for (const code of ['GITHUB_UNAVAILABLE', 'GITHUB_RATE_LIMITED', 'GITHUB_AMBIGUOUS', 'STORE_UNAVAILABLE', 'AUDIT_BLOCKED', 'KEY_UNAVAILABLE'] as const) {
  test(`nextStep() takes no job for poison because of ${code}`, () => {
    assert.equal(waitOf(mostAttempts, 0.5, new Failure(code, 'elsewhere')), 3_600_000);
  });
}

for (const code of ['GITHUB_REFUSED', 'STORE_INCONSISTENT', 'JOB_TIMED_OUT', 'AUDIT_TAMPERED', 'KEY_REFUSED'] as const) {
  test(`nextStep() buries a job that ended five times with ${code}`, () => {
    assert.equal(waitOf(mostAttempts, 0.5, new Failure(code, 'its own')), 'bury');
  });
}

test('nextStep() spreads retries by a quarter around the wait', () => {
  assert.deepEqual([waitOf(1, 0), waitOf(1, 1)], [3_750, 6_250]);
});

test('nextStep() never retries before the other side said', () => {
  fc.assert(fc.property(fc.integer({ min: 1, max: mostAttemptsInTrouble - 1 }), fc.integer({ min: 0, max: 12 * 3_600_000 }), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, wait, random) => {
    const retryAt = new Date(now.getTime() + wait);
    const step = nextStep({ kind: 'perform', attempt }, new Failure('GITHUB_RATE_LIMITED', 'Cannot read: limited', { retryAt }), now, random);
    assert.ok(step.kind === 'retry' && step.at >= retryAt && step.at > now);
  }), { seed: 20_261_120, numRuns: process.env['PLUMBLINE_LONG'] === '1' ? 10_000 : 200 });
});

test('nextStep() does not wait for ever because an answer says so', () => {
  const step = nextStep({ kind: 'evaluate', attempt: 1 }, new Failure('GITHUB_RATE_LIMITED', 'limited', { retryAt: new Date('2999-01-01') }), now, 0.5);
  assert.deepEqual(step, { kind: 'retry', at: new Date('2026-11-21T12:00:00Z') });
});

test('nextStep() never buries a schedule', () => {
  assert.deepEqual(nextStep({ kind: 'schedule', attempt: 500 }, failure, now, 0.5), { kind: 'retry', at: new Date('2026-11-20T12:10:00Z') });
});
