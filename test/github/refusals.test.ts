import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { refusalCauses, refusalOf } from '../../src/domain/refusal.ts';
import type { Refusal, RefusalCause } from '../../src/domain/refusal.ts';
import { failureIn } from '../../src/github/classify.ts';
import type { Headers, Outcome } from '../../src/github/octokit.ts';

const now = new Date('2026-11-20T12:00:00Z');
const spent = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(now.getTime() / 1000 + 900) };
const invalid = (...messages: readonly string[]) => ({ message: 'Validation Failed', errors: messages.map((message) => ({ resource: 'PullRequest', code: 'custom', message })) });

/** Answers as GitHub gives them. */
const corpus: readonly (readonly [RefusalCause, number, unknown, Headers?])[] = [
  ['primary_limit', 403, { message: 'API rate limit exceeded for installation ID 815.' }, spent],
  ['primary_limit', 429, { message: 'API rate limit exceeded for installation ID 815.' }, spent],
  ['secondary_limit', 403, { message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.' }],
  ['secondary_limit', 403, { message: 'You have triggered an abuse detection mechanism.' }, { 'retry-after': '60' }],
  ['secondary_limit', 429, ''],
  ['unauthorized', 401, { message: 'Bad credentials' }],
  ['unauthorized', 401, { message: "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued" }],
  ['missing_permission', 403, { message: 'Resource not accessible by integration' }],
  ['missing_permission', 403, { message: 'Must have admin rights to Repository.' }],
  ['missing_workflows_permission', 403, { message: 'refusing to allow a GitHub App to create or update workflow `.github/workflows/ci.yml` without `workflows` permission' }],
  ['missing_workflows_permission', 422, { message: 'Refusing to allow a GitHub App to create or update workflow `.github/workflows/ci.yml` without `workflows` permission' }],
  ['suspended', 403, { message: 'This installation has been suspended' }],
  ['archived', 403, { message: 'Repository was archived so is read-only.' }],
  ['sso', 403, { message: 'Resource protected by organization SAML enforcement. You must grant your OAuth token access to this organization.' }],
  ['ip_list', 403, { message: 'Although you appear to have the correct authorization credentials, the `acme` organization has an IP allow list enabled, and your IP address is not permitted to access this resource.' }],
  ['locked', 403, { message: 'Unable to create comment because issue is locked.' }],
  ['spammed', 403, { message: 'Sorry. Your account was flagged, so that this can not be done.' }],
  ['protected', 403, { message: 'Cannot delete protected branch' }],
  ['legal', 403, { message: 'Repository access blocked' }],
  ['not_found', 404, { message: 'Not Found' }],
  ['empty_repository', 409, { message: 'Git Repository is empty.' }],
  ['merge_conflict', 409, { message: 'Merge conflict' }],
  ['moved', 409, { message: 'Head branch was modified. Review and try the merge again.' }],
  ['disabled', 410, { message: 'Issues has been disabled in this repository.' }],
  ['exists', 422, { message: 'Reference already exists' }],
  ['exists', 422, invalid('A pull request already exists for acme:plumbline/x/0123456789abcdef-g1.')],
  ['no_commits', 422, invalid('No commits between main and plumbline/x/0123456789abcdef-g1')],
  ['invalid_ref', 422, { message: 'refs/heads/a..b is not a valid ref name.' }],
  ['invalid_ref', 422, { message: 'Reference name is malformed' }],
  ['object_unknown', 422, { message: 'Object does not exist' }],
  ['object_unknown', 422, { message: 'Tree SHA does not exist' }],
  ['object_unknown', 422, { message: 'Reference update failed' }],
  ['object_unknown', 422, invalid('Could not resolve to a node with the global id of PR_1.')],
  ['moved', 422, { message: 'Update is not a fast forward' }],
  ['moved', 422, { message: 'Reference does not exist' }],
  ['not_reopenable', 422, invalid('state cannot be changed. The plumbline/x/0123456789abcdef-g1 branch has been deleted.')],
  ['missing_permission', 422, { message: 'The permissions requested are not granted to this installation.' }],
  ['protected', 422, { message: 'Repository rule violations found\n\nCannot create ref due to creations being restricted.' }],
  ['protected', 422, { message: 'Changes must be made through a pull request.' }],
  ['merge_queue', 422, { message: 'Cannot update this protected ref: the branch was added to a merge queue.' }],
  ['body_too_long', 422, invalid('body is too long (maximum is 65536 characters)')],
  ['spammed', 422, invalid('was submitted too quickly')],
  ['legal', 451, { message: 'Repository access blocked' }],
  ['server', 500, ''],
  ['server', 502, '<html>'],
  ['server', 503, { message: 'Service Unavailable' }],
  ['server', 408, ''],
  ['unknown', 422, { message: 'Validation Failed' }],
  ['unknown', 418, { message: 'I am a teapot' }],
  ['unknown', 403, { message: 'Forbidden' }],
];

function refusalIn(status: number, body: unknown, headers: Headers = {}, kind: 'read' | 'write' | 'create' = 'create'): Refusal | undefined {
  const outcome: Outcome = { kind: 'answered', status, headers: { 'content-type': 'application/json', ...headers }, body };
  return failureIn(outcome, { kind, route: 'POST /x' }, now)?.refusal;
}

describe('a refusal of GitHub', () => {
  for (const [cause, status, body, headers] of corpus) {
    it(`is ${cause}: ${status} ${JSON.stringify(body).slice(0, 90)}`, () => {
      assert.deepEqual(refusalIn(status, body, headers), refusalOf(cause));
    });
  }

  it('has every cause in the corpus but that of a connection', () => {
    const seen = new Set(corpus.map(([cause]) => cause));
    assert.deepEqual(refusalCauses.filter((cause) => !seen.has(cause)), ['broken']);
    const failure = failureIn({ kind: 'broken', unsent: false, why: 'ECONNRESET' }, { kind: 'create', route: 'POST /x' }, now);
    assert.deepEqual([failure?.code, failure?.refusal], ['GITHUB_AMBIGUOUS', refusalOf('broken')]);
  });

  it('is final on a write where no shape of it is known', () => {
    for (const status of [400, 402, 405, 406, 411, 413, 415, 418, 423, 426, 431]) {
      const outcome: Outcome = { kind: 'answered', status, headers: {}, body: { message: 'new' } };
      const failure = failureIn(outcome, { kind: 'write', route: 'POST /x' }, now);
      assert.deepEqual([failure?.code, failure?.refusal?.retry], ['GITHUB_REFUSED', 'never'], String(status));
    }
  });

  it('waits for limits as long as GitHub says, or a minute, and names who acts and what next', () => {
    for (const cause of refusalCauses) assert.match(refusalOf(cause).next, /^[A-Z][^\n]{10,}\.$/);
    assert.deepEqual([refusalOf('secondary_limit').retry, refusalOf('exists').retry, refusalOf('unknown').retry], ['after', 'read_first', 'never']);
  });
});
