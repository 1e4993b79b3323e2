import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { RepositoryRef } from '../../src/domain/repository.ts';
import type { PeopleAsked } from '../../src/domain/people/people-told.ts';
import type { GitHubRepository } from '../../src/flows/ports/github-repository.ts';
import { isFailure } from '../builders/is-failure.ts';
import { connected } from './connected.ts';
import { startGitHub } from './start-github.ts';
import type { GitHubServer } from './start-github.ts';

/** By what `people` tells of teams alone. */
async function areInTeams(repository: GitHubRepository, teams: PeopleAsked['teams'], beside: number | null): Promise<readonly (boolean | null)[]> {
  return (await repository.people({ teams, permissions: [], accounts: [] }, beside)).inTeams;
}

describe('people on an emulated GitHub', () => {
  let github: GitHubServer;
  let ref: RepositoryRef;
  let repository: GitHubRepository;

  before(async () => {
    github = await startGitHub({ users: { alice: 'admin', dev: 'write', mona: 'maintain', tri: 'triage', reader: 'read', stranger: 'none' } });
    ref = await github.createRepository('shop', { files: { 'a.txt': 'a\n' } });
    repository = connected(github).app.repository(ref);
  });

  after(async () => {
    const violations = await github.violations();
    await github.stop();
    assert.deepEqual(violations, [], 'every request and answer is as GitHub describes it');
  });

  async function namesOf(number: number): Promise<readonly (readonly string[])[]> {
    return (await repository.commitPeople(number)).commits.map(({ people }) => [...new Set(people.map(({ login }) => login))]);
  }

  it('commitPeople() tells authors, co-authors and committers that GitHub knows, and comes along with the pull request', async () => {
    await github.commitFiles(ref, 'topic', { 'a.txt': 'b\n' }, 'One\n\nCo-authored-by: Mona <mona@users.example>\nCo-authored-by: Nobody <who@elsewhere.example>', { as: 'dev' });
    await github.commitFiles(ref, 'topic', { 'a.txt': 'c\n' }, 'Two', { as: 'dev', author: 'reader' });
    await github.commitFiles(ref, 'topic', { 'a.txt': 'd\n' }, 'Three', { as: 'dev', author: 'an unknown address' });
    await github.commitFiles(ref, 'topic', { 'a.txt': 'e\n' }, 'Four', { as: 'dev', author: 'web-flow' });
    const { number, head } = await github.openPullRequest(ref, { branch: 'topic', as: 'dev' });
    const opened = connected(github).app.repository(ref);
    await opened.pullRequest(number);
    github.resetCounts();
    const people = await opened.commitPeople(number);
    assert.deepEqual([people.head, people.complete, github.counts().reads], [head, true, 0]);
    assert.deepEqual(people.commits.map((commit) => [...new Set(commit.people.map(({ login }) => login))]), [['dev', 'mona'], ['reader'], [], []]);
    assert.deepEqual(await repository.commitPeople(number), people);
  });

  it('commitPeople() tells nobody of a commit that came from the base branch', async () => {
    await github.commitFiles(ref, 'behind', { 'b.txt': 'b\n' }, 'Mine', { as: 'dev' });
    await github.commitFiles(ref, 'main', { 'c.txt': 'c\n' }, 'Theirs', { as: 'alice' });
    const { number } = await github.openPullRequest(ref, { branch: 'behind', as: 'dev' });
    assert.deepEqual(await namesOf(number), [['dev']]);
  });

  it('commitPeople() throws for a pull request that is not there', async () => {
    await assert.rejects(repository.commitPeople(4_242), isFailure('NOT_FOUND'));
  });

  it('permission() tells each role, read anew each time, and none for whom GitHub does not know', async () => {
    const told = await Promise.all(['alice', 'mona', 'dev', 'tri', 'reader', 'stranger', 'nobody-here'].map((login) => repository.permission(login)));
    assert.deepEqual(told, ['admin', 'maintain', 'write', 'triage', 'read', 'none', 'none']);
    github.addUser('mona', 'read');
    assert.deepEqual([await repository.permission('mona'), await repository.canWrite('mona')], ['read', false]);
  });

  it('people() answers for many people and teams in one call, members of teams below included', async () => {
    github.team('platform', ['dev']);
    github.team('oncall', ['mona'], 'platform');
    const asked = [['dev', 'platform'], ['DEV', 'platform'], ['mona', 'platform'], ['mona', 'oncall'], ['dev', 'oncall'], ['de', 'platform'], ['dev', 'no-such-team']] as const;
    github.resetCounts();
    assert.deepEqual(await areInTeams(repository, asked.map(([login, team]) => ({ login, team })), null), [true, true, true, true, false, false, null]);
    assert.equal(github.counts().reads, 1);
  });

  it('people() follows who leaves the team', async () => {
    const asked = [{ login: 'dev', team: 'leavers' }];
    github.team('leavers', ['dev']);
    assert.deepEqual(await areInTeams(repository, asked, null), [true]);
    github.team('leavers', []);
    assert.deepEqual(await areInTeams(repository, asked, null), [false]);
  });

  it('people() says nothing where more members are named alike than one search lists', async () => {
    github.team('crowd', Array.from({ length: 150 }, (_, index) => `dev-${index}`));
    await assert.rejects(areInTeams(repository, [{ login: 'dev', team: 'crowd' }], null), isFailure('GITHUB_UNAVAILABLE'));
    assert.deepEqual(await areInTeams(repository, [{ login: 'dev-7', team: 'crowd' }], null), [true]);
  });

  it('people() tells beside it where a pull request stands, for currentHead() to ask nothing', async () => {
    await github.commitFiles(ref, 'beside', { 'x.txt': '1\n' }, 'One', { as: 'dev' });
    const { number, head } = await github.openPullRequest(ref, { branch: 'beside', as: 'dev' });
    const opened = connected(github).app.repository(ref);
    const asked = [{ login: 'dev', team: 'platform' }];
    github.resetCounts();
    await areInTeams(opened, asked, number);
    assert.deepEqual([await opened.currentHead(number), github.counts().reads], [{ state: 'open', head, baseBranch: 'main' }, 1]);
    const pushed = await github.commitFiles(ref, 'beside', { 'x.txt': '2\n' }, 'Two', { as: 'dev' });
    assert.equal((await repository.currentHead(number))?.head, pushed);
    await areInTeams(opened, asked, number);
    assert.equal((await opened.currentHead(number))?.head, pushed);
  });

  it('people() tells in the same call what each may do in the repository, read anew each time', async () => {
    await github.commitFiles(ref, 'among', { 'x.txt': '1\n' }, 'One', { as: 'dev' });
    const { number } = await github.openPullRequest(ref, { branch: 'among', as: 'dev' });
    const ask = async (of = repository) => of.people({ teams: [{ login: 'dev', team: 'platform' }], permissions: ['alice', 'MONA', 'tri', 'reader', 'a'], accounts: [] }, number);
    github.addUser('mona', 'maintain');
    github.resetCounts();
    assert.deepEqual([await ask(), github.counts().reads], [{ inTeams: [true], permissions: ['admin', 'maintain', 'triage', 'read', null], accounts: [] }, 1]);
    github.addUser('mona', 'read');
    assert.equal((await ask()).permissions[1], 'read');
    const own = connected(github).app.repository({ ...ref, account: { ...ref.account, kind: 'user' } });
    assert.deepEqual((await ask(own)).permissions[0], 'admin');
  });

  it('people() tells nothing of who is no collaborator, nor of anybody where GitHub shows none, and of teams all the same', async () => {
    const asked = { teams: [{ login: 'dev', team: 'platform' }], permissions: ['alice', 'stranger', 'nobody-here'], accounts: [] };
    assert.deepEqual(await repository.people(asked, null), { inTeams: [true], permissions: ['admin', null, null], accounts: [] });
    github.showCollaborators(false);
    assert.deepEqual(await repository.people(asked, null), { inTeams: [true], permissions: [null, null, null], accounts: [] });
    github.showCollaborators(true);
  });

  it('people() tells in the same call whether each account is called so now, and currentHead() where nothing else is asked', async () => {
    await github.commitFiles(ref, 'called', { 'x.txt': '1\n' }, 'One', { as: 'dev' });
    const { number, head } = await github.openPullRequest(ref, { branch: 'called', as: 'dev' });
    const [alice, dev] = await Promise.all([github.idOf('alice'), github.idOf('dev')]);
    const accounts = [{ login: 'ALICE', id: alice }, { login: 'alice', id: dev }, { login: 'nobody-here', id: dev }, { login: 'Dev', id: null }, { login: 'nobody-here', id: null }];
    const opened = connected(github).app.repository(ref);
    github.resetCounts();
    for (const teams of [[], [{ login: 'dev', team: 'platform' }]]) {
      assert.deepEqual((await opened.people({ teams, permissions: [], accounts }, number)).accounts, [true, false, null, true, null]);
      assert.equal((await opened.currentHead(number))?.head, head);
    }
    assert.deepEqual((await opened.people({ teams: [], permissions: ['alice'], accounts }, null)).accounts, [true, false, null, true, null]);
    assert.deepEqual((await opened.people({ teams: [{ login: 'dev', team: 'platform' }], permissions: [], accounts }, null)).accounts, [true, false, null, true, null]);
    assert.deepEqual((await opened.people({ teams: [], permissions: [], accounts }, null)).accounts, [true, false, null, true, null]);
    assert.equal(github.counts().reads, 5);
  });

  it('loginOf() follows an account to the login that it has now, and never to whoever has its former one', async () => {
    const own = await startGitHub({ users: { alice: 'admin', early: 'write', late: 'read' } });
    try {
      const named = await own.createRepository('named', {});
      const opened = connected(own).app.repository(named);
      const [early, late] = await Promise.all([own.idOf('early'), own.idOf('late')]);
      own.team('platform', ['early']);
      const ask = () => opened.people({ teams: [{ login: 'early', team: 'platform' }], permissions: ['early'], accounts: [{ login: 'early', id: early }] }, null);
      assert.deepEqual([await ask(), await opened.loginOf(early)], [{ inTeams: [true], permissions: ['write'], accounts: [true] }, 'early']);
      own.rename('early', 'earlier');
      assert.deepEqual([await ask(), await opened.loginOf(early)], [{ inTeams: [false], permissions: [null], accounts: [null] }, 'earlier']);
      own.rename('late', 'early');
      assert.deepEqual([await ask(), await opened.loginOf(early), await opened.loginOf(late)], [{ inTeams: [false], permissions: ['read'], accounts: [false] }, 'earlier', 'early']);
      own.rename('earlier', null);
      assert.equal(await opened.loginOf(early), null);
      assert.deepEqual(await own.violations(), []);
    } finally {
      await own.stop();
    }
  });

  it('hasAccount() tells whether anybody is called so now', async () => {
    assert.deepEqual([await repository.hasAccount('alice'), await repository.hasAccount('nobody-here')], [true, false]);
    assert.deepEqual(await github.violations(), []);
  });

  it('people() asks about many in few calls', async () => {
    const many = Array.from({ length: 120 }, (_, index) => `many-${index}`);
    for (const login of many) github.addUser(login, 'write', ref);
    github.resetCounts();
    const { permissions } = await repository.people({ teams: [], permissions: many, accounts: [] }, null);
    assert.deepEqual([permissions.length, github.counts().reads], [120, 3]);
  });

  it('currentHead() is null where there is no pull request, asked beside teams or not', async () => {
    const opened = connected(github).app.repository(ref);
    assert.deepEqual([await opened.currentHead(4_243), await areInTeams(opened, [{ login: 'dev', team: 'platform' }], 4_243)], [null, [true]]);
    assert.equal(await opened.currentHead(4_243), null);
  });

  it('isOwner() is for owners of the organisation alone, whatever they may do in the repository', async () => {
    github.own('dev');
    assert.deepEqual([await repository.isOwner('dev'), await repository.isOwner('alice'), await repository.isOwner('nobody-here')], [true, false, false]);
  });

  it('isOwner() and people() ask an admin of a user account and nobody', async () => {
    const own = connected(github).app.repository({ ...ref, account: { ...ref.account, kind: 'user' } });
    assert.deepEqual([await own.isOwner('alice'), await own.isOwner('dev'), await areInTeams(own, [{ login: 'dev', team: 'platform' }], null)], [true, false, [false]]);
  });

  it("reviews() tells each author's newest word where it approves, and the commit it is about", async () => {
    const first = await github.commitFiles(ref, 'reviewed', { 'r.txt': '1\n' }, 'One', { as: 'dev' });
    const { number } = await github.openPullRequest(ref, { branch: 'reviewed', as: 'dev' });
    await github.review(ref, number, 'APPROVE', { as: 'alice' });
    await github.review(ref, number, 'COMMENT', { as: 'alice' });
    await github.review(ref, number, 'APPROVE', { as: 'reader' });
    await github.review(ref, number, 'REQUEST_CHANGES', { as: 'reader' });
    await github.dismissReview(ref, number, await github.review(ref, number, 'APPROVE', { as: 'tri' }));
    await github.commitFiles(ref, 'reviewed', { 'r.txt': '2\n' }, 'Two', { as: 'dev' });
    assert.deepEqual((await repository.reviews(number)).map(({ person, commit, association }) => [person.login, person.kind, commit, association]), [['alice', 'human', first, 'MEMBER']]);
  });

  it('mergeQueue() tells what waits in it, in its order, and null where there is none', async () => {
    await github.commitFiles(ref, 'q1', { 'q1.txt': '1\n' }, 'One', { as: 'dev' });
    await github.commitFiles(ref, 'q2', { 'q2.txt': '2\n' }, 'Two', { as: 'dev' });
    const numbers = [(await github.openPullRequest(ref, { branch: 'q1', as: 'dev' })).number, (await github.openPullRequest(ref, { branch: 'q2', as: 'dev' })).number];
    assert.equal(await repository.mergeQueue('main'), null);
    const { base, head } = await github.queueMerge(ref, numbers, 'main', 'squash');
    const queue = await repository.mergeQueue('main');
    assert.deepEqual([queue?.map(({ number }) => number), queue?.[0]?.base, queue?.at(-1)?.head], [numbers, base, head]);
  });

  it('refuses to answer about teams, and knows of no queue, where the installation grants neither', async () => {
    const poor = await startGitHub({ permissions: { metadata: 'read', contents: 'write', pull_requests: 'write', checks: 'write' } });
    try {
      const asked = connected(poor).app.repository(await poor.createRepository('shop', {}));
      await assert.rejects(areInTeams(asked, [{ login: 'dev', team: 'platform' }], null), isFailure('GITHUB_REFUSED'));
      await assert.rejects(asked.isOwner('dev'), isFailure('GITHUB_REFUSED'));
      assert.equal(await asked.mergeQueue('main'), null);
    } finally {
      await poor.stop();
    }
  });
});
