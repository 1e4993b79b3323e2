import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { FailureCode } from '../../src/domain/failure.ts';
import { Failure } from '../../src/domain/failure.ts';
import type { RepositoryRef } from '../../src/domain/repository.ts';
import type { GitHubRepository } from '../../src/flows/ports/github-repository.ts';
import { isFailure } from '../builders/is-failure.ts';
import { aCheck } from './a-check.ts';
import { connected } from './connected.ts';
import type { Connected } from './connected.ts';
import type { Fault } from './hostile.ts';
import { startGitHub } from './start-github.ts';
import type { GitHubServer } from './start-github.ts';

const json = { 'content-type': 'application/json' };
const limited = JSON.stringify({ message: 'You have exceeded a secondary rate limit.' });

const faults: readonly (readonly [string, Fault, FailureCode | 'survives', FailureCode])[] = [
  ['a 502 once', { kind: 'answer', status: 502, body: '<html>', headers: { 'content-type': 'text/html' } }, 'survives', 'GITHUB_AMBIGUOUS'],
  ['an HTML page with status 200', { kind: 'answer', status: 200, body: '<html>', headers: { 'content-type': 'text/html' } }, 'survives', 'GITHUB_AMBIGUOUS'],
  ['an empty 200', { kind: 'answer', status: 200, body: '', headers: json }, 'survives', 'GITHUB_AMBIGUOUS'],
  ['an answer that stops', { kind: 'truncate' }, 'survives', 'GITHUB_AMBIGUOUS'],
  ['cut JSON', { kind: 'cut-json' }, 'survives', 'GITHUB_AMBIGUOUS'],
  ['a dropped connection', { kind: 'drop' }, 'survives', 'GITHUB_AMBIGUOUS'],
  ['a create that was performed and not answered', { kind: 'drop', performed: true }, 'survives', 'GITHUB_AMBIGUOUS'],
  ['silence', { kind: 'hang' }, 'survives', 'GITHUB_AMBIGUOUS'],
  ['a limit for a second', { kind: 'answer', status: 403, body: limited, headers: { ...json, 'retry-after': '0' } }, 'survives', 'GITHUB_RATE_LIMITED'],
  ['a limit for a minute', { kind: 'answer', status: 429, body: limited, headers: json }, 'GITHUB_RATE_LIMITED', 'GITHUB_RATE_LIMITED'],
  ['a limit for an hour', { kind: 'answer', status: 403, body: limited, headers: { ...json, 'retry-after': '3600' } }, 'GITHUB_RATE_LIMITED', 'GITHUB_RATE_LIMITED'],
  ['a missing permission', { kind: 'answer', status: 403, body: '{"message":"Resource not accessible by integration"}', headers: json }, 'GITHUB_REFUSED', 'GITHUB_REFUSED'],
  ['a refusal', { kind: 'answer', status: 422, body: '{"message":"Validation Failed"}', headers: json }, 'GITHUB_REFUSED', 'GITHUB_REFUSED'],
];

describe('a hostile GitHub', () => {
  let github: GitHubServer;
  let ref: RepositoryRef;
  let head: string;
  let number: number;
  let own: Connected;
  let repository: GitHubRepository;

  before(async () => {
    github = await startGitHub();
    ref = await github.createRepository('shop');
    head = await github.commitFiles(ref, 'topic', { 'a.md': 'a' });
    number = (await github.openPullRequest(ref, { branch: 'topic' })).number;
  });

  beforeEach(async () => {
    own = connected(github, { timeout: 250 });
    repository = own.app.repository(ref);
    github.hostile(null);
    await repository.branchTip('main');
  });

  after(() => github.stop());

  for (const [title, fault, reading, creating] of faults) {
    it(`reading meets ${title}: ${reading}`, async () => {
      github.failNext(/^GET .*git\/ref/, fault);
      const answer = await repository.branchTip('topic').catch((thrown: unknown) => (thrown instanceof Failure ? thrown.code : 'untyped'));
      assert.equal(answer, reading === 'survives' ? head : reading);
    });

    it(`creating meets ${title}: ${creating}, and nothing is repeated`, async () => {
      github.resetCounts();
      github.failNext(/^POST .*check-runs/, fault);
      await assert.rejects(repository.createCheck(aCheck(head, { key: title })), isFailure(creating));
      assert.equal(github.requests().filter((one) => one.kind === 'write').length, 1);
    });
  }

  it('a run that was created without an answer is found by its key and adopted', async () => {
    github.failNext(/^POST .*check-runs/, { kind: 'drop', performed: true });
    await assert.rejects(repository.createCheck(aCheck(head, { key: 'adopted' })), isFailure('GITHUB_AMBIGUOUS'));
    const found = await repository.findCheck(head, 'plumbline', 'adopted');
    assert.equal(found!.status, 'completed');
  });

  it('a limit that is named is kept: nothing is asked until then', async () => {
    github.failNext(/^GET .*git\/ref/, { kind: 'answer', status: 403, body: limited, headers: { ...json, 'retry-after': '3600' } });
    const failure = await repository.branchTip('topic').catch((thrown: unknown) => thrown);
    assert.ok(failure instanceof Failure && failure.retryAt!.getTime() > Date.now() + 3_500_000);
    github.resetCounts();
    await assert.rejects(repository.pullRequest(number), isFailure('GITHUB_RATE_LIMITED'));
    assert.equal(github.requests().length, 0);
    assert.deepEqual(own.pauses, []);
  });

  it('the last request of the hour blocks the next one without asking', async () => {
    github.limitTo(1);
    assert.equal(await repository.branchTip('topic'), head);
    github.resetCounts();
    await assert.rejects(repository.branchTip('topic'), isFailure('GITHUB_RATE_LIMITED'));
    assert.equal(github.requests().length, 0);
    github.limitTo(null);
  });

  it('trouble that lasts ends as GITHUB_UNAVAILABLE after four repetitions, whose waits can grow', async () => {
    github.hostile({ seed: 1, errorRate: 1 });
    github.resetCounts();
    await assert.rejects(repository.pullRequest(number), isFailure('GITHUB_UNAVAILABLE'));
    assert.equal(github.requests().length, 5);
    assert.deepEqual(own.pauses, [250, 500, 1_000, 2_000]);
  });

  it('a server that is gone is GITHUB_UNAVAILABLE, also for a create: nothing was sent', async () => {
    const gone = connected({ ...github, url: 'http://127.0.0.1:9' }).app.repository(ref);
    await assert.rejects(gone.createCheck(aCheck(head)), isFailure('GITHUB_UNAVAILABLE'));
  });

  it('any seeded mixture of faults gives the right answer or a Failure, never a wrong answer', async () => {
    const runs = process.env['PLUMBLINE_LONG'] === '1' ? 500 : 20;
    github.hostile({ seed: 20_261_120, errorRate: 0.1, html: 0.1, truncate: 0.1, secondaryLimit: 0.1 });
    for (let run = 0; run < runs; run += 1) {
      const fresh = connected(github, { timeout: 2_000 }).app.repository(ref);
      const facts = await fresh.pullRequest(number).catch((thrown: unknown) => thrown);
      if (!(facts instanceof Failure)) assert.equal((facts as { head: string }).head, head);
      const missing = await fresh.pullRequest(4_242).catch((thrown: unknown) => thrown);
      assert.ok(missing === null || missing instanceof Failure);
    }
    github.hostile(null);
  });
});
