import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { FailureCode } from '../../src/domain/failure.ts';
import { blockedUntil, failureIn, redacted } from '../../src/github/classify.ts';
import type { CallKind } from '../../src/github/classify.ts';
import type { Headers, Outcome } from '../../src/github/octokit.ts';

const now = new Date('2026-11-20T12:00:00Z');
const json = { 'content-type': 'application/json; charset=utf-8' };

function answered(status: number, body: unknown = {}, headers: Headers = json): Outcome {
  return { kind: 'answered', status, headers, body };
}

function judged(outcome: Outcome, kind: CallKind = 'read'): readonly [FailureCode | null, string | null] {
  const failure = failureIn(outcome, { kind, route: 'GET /x' }, now);
  return [failure?.code ?? null, failure?.retryAt?.toISOString() ?? null];
}

const secondary = { message: 'You have exceeded a secondary rate limit.' };
const reset = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now.getTime() / 1000 + 900) };

describe('failureIn()', () => {
  const table: readonly (readonly [string, Outcome, FailureCode | null, FailureCode | null, string | null])[] = [
    ['200 with JSON', answered(200), null, null, null],
    ['204 without a body', answered(204, ''), null, null, null],
    ['304', answered(304, ''), null, null, null],
    ['200 with an HTML page', answered(200, '<html>', { 'content-type': 'text/html' }), 'GITHUB_UNAVAILABLE', 'GITHUB_AMBIGUOUS', null],
    ['201 with cut JSON', answered(201, '{"id": 1'), 'GITHUB_UNAVAILABLE', 'GITHUB_AMBIGUOUS', null],
    ['200 with bytes', answered(200, new ArrayBuffer(4)), 'GITHUB_UNAVAILABLE', 'GITHUB_AMBIGUOUS', null],
    ['302', answered(302), 'GITHUB_UNAVAILABLE', 'GITHUB_AMBIGUOUS', null],
    ['400', answered(400), 'GITHUB_REFUSED', 'GITHUB_REFUSED', null],
    ['401', answered(401, { message: 'Bad credentials' }), 'GITHUB_UNAVAILABLE', 'GITHUB_UNAVAILABLE', null],
    ['403', answered(403, { message: 'Resource not accessible by integration' }), 'GITHUB_REFUSED', 'GITHUB_REFUSED', null],
    ['403, primary limit', answered(403, { message: 'API rate limit exceeded' }, { ...json, ...reset }), 'GITHUB_RATE_LIMITED', 'GITHUB_RATE_LIMITED', '2026-11-20T12:15:00.000Z'],
    ['403, secondary limit with retry-after', answered(403, secondary, { ...json, 'retry-after': '30' }), 'GITHUB_RATE_LIMITED', 'GITHUB_RATE_LIMITED', '2026-11-20T12:00:30.000Z'],
    ['403, secondary limit without', answered(403, secondary), 'GITHUB_RATE_LIMITED', 'GITHUB_RATE_LIMITED', '2026-11-20T12:01:00.000Z'],
    ['429 without a word', answered(429, ''), 'GITHUB_RATE_LIMITED', 'GITHUB_RATE_LIMITED', '2026-11-20T12:01:00.000Z'],
    ['429 with a date', answered(429, '', { 'retry-after': 'Fri, 20 Nov 2026 12:00:09 GMT' }), 'GITHUB_RATE_LIMITED', 'GITHUB_RATE_LIMITED', '2026-11-20T12:00:09.000Z'],
    ['429 with nonsense', answered(429, '', { 'retry-after': 'soon' }), 'GITHUB_RATE_LIMITED', 'GITHUB_RATE_LIMITED', '2026-11-20T12:01:00.000Z'],
    ['404', answered(404), 'NOT_FOUND', 'NOT_FOUND', null],
    ['410', answered(410), 'NOT_FOUND', 'NOT_FOUND', null],
    ['409', answered(409), 'GITHUB_REFUSED', 'GITHUB_REFUSED', null],
    ['422', answered(422), 'GITHUB_REFUSED', 'GITHUB_REFUSED', null],
    ['451', answered(451), 'GITHUB_REFUSED', 'GITHUB_REFUSED', null],
    ['500', answered(500), 'GITHUB_UNAVAILABLE', 'GITHUB_AMBIGUOUS', null],
    ['502 with HTML', answered(502, '<html>', { 'content-type': 'text/html' }), 'GITHUB_UNAVAILABLE', 'GITHUB_AMBIGUOUS', null],
    ['503 with retry-after', answered(503, '', { 'retry-after': '7' }), 'GITHUB_UNAVAILABLE', 'GITHUB_AMBIGUOUS', '2026-11-20T12:00:07.000Z'],
    ['a connection that breaks', { kind: 'broken', unsent: false, why: 'ECONNRESET' }, 'GITHUB_UNAVAILABLE', 'GITHUB_AMBIGUOUS', null],
    ['a connection that never opened', { kind: 'broken', unsent: true, why: 'ECONNREFUSED' }, 'GITHUB_UNAVAILABLE', 'GITHUB_UNAVAILABLE', null],
  ];
  for (const [title, outcome, reading, creating, retryAt] of table) {
    it(`takes ${title} for ${reading ?? 'an answer'}, in doubt about a create for ${creating ?? 'an answer'}`, () => {
      assert.deepEqual([judged(outcome), judged(outcome, 'create')], [[reading, retryAt], [creating, retryAt]]);
      assert.equal(judged(outcome, 'write')[0], reading);
    });
  }

  it('never names an instant further away than a day', () => {
    assert.equal(judged(answered(429, '', { 'retry-after': '999999999' }))[1], '2026-11-21T12:00:00.000Z');
  });

  it('reckons a reset by the clock of GitHub', () => {
    const headers = { ...json, ...reset, date: 'Fri, 20 Nov 2026 12:10:00 GMT' };
    assert.equal(judged(answered(403, {}, headers))[1], '2026-11-20T12:05:00.000Z');
  });

  it('leaves tokens that GitHub repeats out of the message', () => {
    const token = `ghs_4711_${'aB3_-x9Z.'.repeat(56)}`;
    const failure = failureIn(answered(422, { message: `${token} and eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOjF9.sig` }), { kind: 'read', route: 'GET /x' }, now);
    assert.equal(failure!.message, 'Cannot call GET /x: GitHub answered 422 "[redacted] and [redacted]", expected success');
    assert.equal(redacted('ghp_0123456789abcdef0123456789abcdef0123'), '[redacted]');
  });
});

describe('blockedUntil()', () => {
  it('is the reset after the last request of the hour, though it succeeded', () => {
    assert.equal(blockedUntil(answered(200, {}, { ...json, ...reset }), now)!.toISOString(), '2026-11-20T12:15:00.000Z');
  });

  it('is null while requests remain, and for a broken connection', () => {
    assert.equal(blockedUntil(answered(200, {}, { ...json, ...reset, 'x-ratelimit-remaining': '1' }), now), null);
    assert.equal(blockedUntil({ kind: 'broken', unsent: true, why: '' }, now), null);
  });

  it('is null for a refusal that is about permissions', () => {
    assert.equal(blockedUntil(answered(403, { message: 'Resource not accessible by integration' }), now), null);
  });
});
