import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cronProblem, nextTime } from '../../../src/domain/scan/cron.ts';
import { dueAfterScan, dueByNow, leastBetweenMs, nextLook } from '../../../src/domain/scan/due-scan.ts';
import { nextScan } from '../../../src/domain/scan/next-scan.ts';
import { isPaused } from '../../../src/domain/scan/pause-window.ts';

const noon = new Date('2026-11-26T12:00:00Z');

/** Times by the crontab manual of POSIX, reckoned by hand; 2026-11-26 is a Thursday. */
const times: Readonly<Record<string, string>> = {
  '17 3 * * *': '2026-11-27T03:17:00.000Z',
  '* * * * *': '2026-11-26T12:01:00.000Z',
  '0 12 * * *': '2026-11-27T12:00:00.000Z',
  '*/20 * * * *': '2026-11-26T12:20:00.000Z',
  '0 0 1 1 *': '2027-01-01T00:00:00.000Z',
  '30 6 * * MON': '2026-11-30T06:30:00.000Z',
  '30 6 * * 1,3-5': '2026-11-27T06:30:00.000Z',
  '0 0 29 2 *': '2028-02-29T00:00:00.000Z',
  // Where both days are given either of them counts.
  '0 0 13 * FRI': '2026-11-27T00:00:00.000Z',
};

for (const [pattern, expected] of Object.entries(times)) {
  test(`nextTime() of "${pattern}" is the next one by UTC`, () => {
    assert.equal(nextTime(pattern, noon)?.toISOString(), expected);
  });
}

for (const pattern of ['', '* * * *', '0 0 0 * * *', '60 * * * *', '* 24 * * *', '0 0 31 2 *', '0 0 * * 9', '@daily', '* * * * * *', 'L * * * Z', '2026-11-26T12:00:00Z']) {
  test(`a pattern "${pattern}" is objected to`, () => {
    assert.notEqual(cronProblem(pattern), null);
  });
}

test('nextScan() spreads accounts over ten minutes, each at a time of its own, and never twice for one time', () => {
  const scans = Array.from({ length: 200 }, (_, id) => nextScan('17 3 * * *', noon, id + 1)?.getTime() ?? 0);
  const begin = Date.parse('2026-11-27T03:17:00Z');
  assert.ok(scans.every((time) => time >= begin && time < begin + 600_000) && new Set(scans).size > 190);
  assert.equal(nextScan('17 3 * * *', new Date(scans[0] ?? 0), 1)?.getTime(), (scans[0] ?? 0) + 86_400_000);
});

test('isPaused() from the beginning of a window until it ends', () => {
  const windows = [{ kind: 'recurring', start: '0 22 * * 5', duration: 60 * 3_600_000 }] as const;
  const at = ['2026-11-27T21:59:59Z', '2026-11-27T22:00:00Z', '2026-11-29T12:00:00Z', '2026-11-30T09:59:59Z', '2026-11-30T10:00:00Z'];
  assert.deepEqual(at.map((time) => isPaused(windows, new Date(time))), [false, true, true, true, false]);
  assert.equal(isPaused([], noon), false);
});

test('isPaused() between two instants, and where they can not be read', () => {
  const once = [{ kind: 'between', from: '2026-11-27T00:00Z', to: '2026-11-28T00:00Z' }] as const;
  assert.deepEqual(['2026-11-26T23:59:59Z', '2026-11-27T00:00:00Z', '2026-11-28T00:00:00Z'].map((time) => isPaused(once, new Date(time))), [false, true, false]);
  assert.equal(isPaused([{ kind: 'between', from: '', to: '' }], noon), true);
});

const due = (schedule: string, at: string) => ({ schedule, at });
const scheduled = (known: { readonly schedule: string; readonly at: string } | null, schedule: string) => ({ known, schedule, now: noon, accountId: 1 });

test('dueAfterScan() is a quarter of an hour away at least, and not put off by a measurement that somebody asked for', () => {
  const soon = Date.parse(dueAfterScan(scheduled(null, '* * * * *')).at) - noon.getTime();
  assert.ok(soon > leastBetweenMs && soon <= leastBetweenMs + 60_000, `${soon}`);
  const ahead = due('5 12 * * *', '2026-11-26T12:05:30.000Z');
  assert.deepEqual(dueAfterScan(scheduled(ahead, '5 12 * * *')), ahead);
  assert.match(dueAfterScan(scheduled(due('5 12 * * *', noon.toISOString()), '5 12 * * *')).at, /^2026-11-27T12/);
});

test('dueByNow() follows another schedule, and leaves what is due already, or was never measured', () => {
  const [yearly, past] = [due('0 0 1 1 *', '2027-01-01T00:05:00.000Z'), due('0 0 1 1 *', '2026-11-26T11:59:00.000Z')];
  assert.match(dueByNow(scheduled(yearly, '0 13 * * *'))?.at ?? '', /^2026-11-26T13:0/);
  assert.deepEqual([dueByNow(scheduled(yearly, '0 0 1 1 *')), dueByNow(scheduled(past, '0 13 * * *'))?.at, dueByNow(scheduled(null, '0 13 * * *'))], [yearly, past.at, null]);
});

test('nextLook() is when it is due, or a day later at most', () => {
  assert.deepEqual([nextLook(due('0 13 * * *', '2026-11-26T13:00:00.000Z'), noon), nextLook(due('0 0 1 1 *', '2027-01-01T00:05:00.000Z'), noon), nextLook(null, noon)], ['2026-11-26T13:00:00.000Z', '2026-11-27T12:00:00.000Z', '2026-11-27T12:00:00.000Z']);
});
