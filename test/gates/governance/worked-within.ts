import assert from 'node:assert/strict';

/** Seconds that this process worked: what a busy machine gives to others is nobody's fault. Generous: what is quadratic takes minutes, and the attacks of the short run are smaller. */
const limitMs = process.env['PLUMBLINE_LONG'] === '1' ? 6_000 : 2_000;

/** The result of a work that an attacker chose, which must end in time. */
export function workedWithin<Result>(work: () => Result): Result {
  const begun = process.cpuUsage();
  const result = work();
  const { user, system } = process.cpuUsage(begun);
  assert.ok((user + system) / 1_000 < limitMs, `took ${Math.round((user + system) / 1_000)} ms`);
  return result;
}
