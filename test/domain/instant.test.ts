import assert from 'node:assert/strict';
import { test } from 'node:test';
import { daysAfter, daysUntil, instantOf, isBefore } from '../../src/domain/instant.ts';

test('instantOf() reads a day as its beginning in UTC, and an instant with its zone', () => {
  assert.deepEqual(
    ['2026-11-25', '2026-11-25T10:00Z', '2026-11-25T10:00:30.5+02:00', '2028-02-29'].map((until) => instantOf(until)),
    ['2026-11-25T00:00:00.000Z', '2026-11-25T10:00:00.000Z', '2026-11-25T08:00:30.500Z', '2028-02-29T00:00:00.000Z'].map((instant) => Date.parse(instant)),
  );
});

test('instantOf() refuses what is no instant', () => {
  for (const until of ['', 'soon', '2026-99-99', '2026-02-29', '2026-11-25T25:00Z', '2026-11-25T10:00', '2026-11-25T10Z', '2026-11-25T1:2:3Z', '2026-02-30T10:00Z', '2026-11-25 ', '+02026-11-25', '2026-11-25T10:00:00+99:00']) assert.equal(instantOf(until), null, until);
});

const now = '2026-11-20T12:00:00.000Z';

test('isBefore() compares instants however they are written, and nothing that can not be dated', () => {
  assert.deepEqual(['2026-11-20T12:00:00.001Z', '2026-11-20T12:00:00Z', '2026-11-20T13:00:01+01:00', '2026-11-21', 'never', ''].map((end) => isBefore(now, end)), [true, false, true, true, false, false]);
  assert.equal(isBefore('never', now), false);
});

test('daysUntil() counts a day that has begun as whole, back from an end that is past, and nothing that can not be dated', () => {
  assert.deepEqual(['2026-11-20T12:00:00.001Z', '2026-11-21T12:00:00.000Z', '2026-11-21T12:00:00.001Z', '2026-11-18T12:00:00.000Z', 'never'].map((end) => daysUntil(end, now)), [1, 1, 2, -2, Number.NaN]);
});

test('daysAfter() is at the same time of day', () => {
  assert.equal(daysAfter(now, 90), '2027-02-18T12:00:00.000Z');
});
