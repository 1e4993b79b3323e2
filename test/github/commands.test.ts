import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { RepositoryRef } from '../../src/domain/repository.ts';
import type { GitHubRepository } from '../../src/flows/ports/github-repository.ts';
import { isFailure } from '../builders/is-failure.ts';
import { connected, scripted } from './connected.ts';
import { startGitHub } from './start-github.ts';
import type { GitHubServer } from './start-github.ts';

describe('what commands ask of an emulated GitHub', () => {
  let github: GitHubServer;
  let ref: RepositoryRef;
  let repository: GitHubRepository;
  let number: number;
  let tip: string;

  before(async () => {
    github = await startGitHub();
    repository = connected(github).app.repository((ref = await github.createRepository('shop', { files: { 'a.yaml': 'a: 1\n' } })));
    await github.commitFiles(ref, 'topic', { 'b.yaml': 'b: 1\n' }, 'Change', { as: 'dev' });
    ({ number } = await github.openPullRequest(ref, { branch: 'topic', as: 'dev' }));
    tip = (await github.branchTip(ref, 'main')) ?? '';
  });
  after(async () => {
    const violations = await github.violations();
    await github.stop();
    assert.deepEqual(violations, []);
  });

  it('comment() tells a person\'s comment as it stands', async () => {
    const id = await github.comment(ref, number, '/plumbline help', { as: 'dev' });
    const found = await repository.comment(id);
    assert.deepEqual([found?.id, found?.issue, found?.body, found?.author?.login, found?.author?.type, found?.isByApp, found?.isEdited], [id, number, '/plumbline help', 'dev', 'User', false, false]);
  });

  it('comment() tells our own comment as an App\'s, and a missing one as null', async () => {
    const id = await repository.createComment(number, 'hello');
    assert.deepEqual([(await repository.comment(id))?.isByApp, (await repository.comment(id))?.author?.type, await repository.comment(999_999)], [true, 'Bot', null]);
  });

  it('react() leaves one reaction of a kind, however often it is asked, without a token that writes contents', async () => {
    const id = await github.comment(ref, number, '/plumbline help', { as: 'dev' });
    github.resetCounts();
    const [first, second] = [await repository.react(id, 'eyes'), await repository.react(id, 'eyes')];
    assert.equal(first, second);
    assert.notEqual(await repository.react(id, 'rocket'), first);
    const asked = github.requests().filter(({ method, path }) => method === 'POST' && path.endsWith('/reactions'));
    assert.ok(asked.length >= 3 && asked.every(({ permissions }) => permissions?.['contents'] === undefined));
  });

  it('a branch, a commit on it and a pull request are made once and found again', async () => {
    const wanted = { branch: 'plumbline/waive-1', base: 'main', title: 'Waive', text: 'Why.' };
    assert.equal(await repository.pullRequestFrom(wanted.branch, 'main'), null);
    assert.deepEqual([await repository.createBranch(wanted.branch, tip), await repository.createBranch(wanted.branch, tip)], [true, true]);
    const made = await repository.commit({ branch: wanted.branch, head: tip, headline: 'Waive', body: 'Plumbline-Request: 1', files: [{ path: 'w.yaml', text: 'w: 1\n' }] });
    assert.equal(made.kind, 'committed');
    const opened = await repository.openPullRequest(wanted);
    assert.equal(await repository.pullRequestFrom(wanted.branch, 'main'), opened);
  });

  it('pullRequestFrom() does not take a person\'s pull request for ours', async () => {
    await github.commitFiles(ref, 'plumbline/waive-2', { 'w.yaml': 'w: 2\n' }, 'Mine', { as: 'dev' });
    await github.openPullRequest(ref, { branch: 'plumbline/waive-2', as: 'dev' });
    assert.equal(await repository.pullRequestFrom('plumbline/waive-2', 'main'), null);
  });
});

const anywhere: RepositoryRef = { account: { id: 1, login: 'acme', kind: 'organization' }, installationId: 11, id: 100, owner: 'acme', name: 'shop' };
const written = { id: 41, issue_url: 'https://github.example/api/v3/repos/acme/shop/issues/7', body: null, user: null, created_at: '2026-11-20T12:00:00Z', updated_at: '2026-11-20T12:00:01Z' };

describe('what GitHub says of comments and branches', () => {
  it('a comment whose author is gone has none, and one that was changed is edited', async () => {
    const { app } = scripted(({ path }) => (path.endsWith('/issues/comments/41') ? written : undefined));
    assert.deepEqual(await app.repository(anywhere).comment(41), { id: 41, issue: 7, body: '', author: null, isByApp: false, createdAt: '2026-11-20T12:00:00Z', isEdited: true });
  });

  it('a comment that an App wrote in the name of a person is an App\'s', async () => {
    const { app } = scripted(() => ({ ...written, user: { login: 'dev', id: 12, type: 'User' }, performed_via_github_app: { id: 5 } }));
    assert.equal((await app.repository(anywhere).comment(41))?.isByApp, true);
  });

  it('a comment on what is no issue is an answer that can not be read', async () => {
    const { app } = scripted(() => ({ ...written, issue_url: 'https://github.example/elsewhere' }));
    await assert.rejects(app.repository(anywhere).comment(41), isFailure('GITHUB_UNAVAILABLE'));
  });

  it('createBranch() says no where the App may not make one', async () => {
    const { app } = scripted(({ method }) => (method === 'POST' ? Response.json({ message: 'Resource not accessible by integration' }, { status: 403 }) : []));
    assert.equal(await app.repository(anywhere).createBranch('plumbline/waive-1', 'a'.repeat(40)), false);
  });

  it('openPullRequest() never asks twice: an answer without a number is ambiguous', async () => {
    const { app, requests } = scripted(() => ({}));
    await assert.rejects(app.repository(anywhere).openPullRequest({ branch: 'b', base: 'main', title: 't', text: 'x' }), isFailure('GITHUB_AMBIGUOUS'));
    assert.equal(requests.filter((one) => one.startsWith('POST')).length, 1);
  });
});
