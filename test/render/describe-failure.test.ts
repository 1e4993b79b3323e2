import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { Failure } from '../../src/domain/failure.ts';
import { describeFailure } from '../../src/render/describe-failure.ts';
import { assertGolden } from './golden.ts';

describe('describeFailure()', () => {
  it('with several details indents each and ends with one next step', () => {
    const message = 'Cannot start: 2 settings are wrong\nWEBHOOK_SECRET is not set: copy it from the GitHub App settings\nDATABASE_URL has scheme "mysql", expected "postgres"';
    assertGolden('failure-config.txt', `${describeFailure(new Failure('CONFIG_INVALID', message))}\n`);
  });

  it('shows causes once each and when it is retried', () => {
    const cause = new Error('connect ECONNREFUSED', { cause: new Error('connect ECONNREFUSED', { cause: 'the network is down' }) });
    const failure = new Failure('GITHUB_RATE_LIMITED', 'Cannot read the pull request: the limit is used up', { cause, retryAt: new Date('2026-11-20T14:05:00Z') });
    assertGolden('failure-causes.txt', `${describeFailure(failure)}\n`);
  });

  it('adds no second next step to a message that says one', () => {
    const text = describeFailure(new Failure('USAGE', 'Cannot find the repository: no such directory, expected one. Name it with --repo <dir>.'));
    assert.doesNotMatch(text, /Next:/);
  });

  it('comes to an end for a cause that causes itself', () => {
    const cause = new Error('a');
    cause.cause = cause;
    assert.equal(describeFailure(new Failure('GATE_FAILED', 'b', { cause })).match(/caused by/g)?.length, 1);
  });

  it('shows no credential', () => {
    const secrets = [`ghs_${'a'.repeat(36)}`, `ghs_123_${'x.y-z'.repeat(100)}`, 'github_pat_11ABCDEFG0123456789', 'canary-password', 'canaryBase64keyAAAA'];
    const message = `Cannot connect with ${secrets[0]}, ${secrets[1]}, ${secrets[2]}\npostgres://plumbline:canary-password@db/x\nauthorization: Bearer canaryBase64keyAAAA\n-----BEGIN RSA PRIVATE KEY----- canaryBase64keyAAAA`;
    const text = describeFailure(new Failure('STORE_UNAVAILABLE', message, { cause: new Error(message) }));
    assert.deepEqual(secrets.filter((secret) => text.includes(secret)), []);
  });

  it('keeps hostile text on its line', () => {
    const text = describeFailure(new Failure('NOT_FOUND', 'Cannot read "\u001b[2J\u202e": not found\n::set-env::x'));
    assert.doesNotMatch(text, /(?!\n)[\p{Cc}\p{Cf}]/u);
    assert.doesNotMatch(text, /^\s*::/m);
  });
});
