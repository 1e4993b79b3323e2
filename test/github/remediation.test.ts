import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import type { GitHubRemediation } from '../../src/flows/ports/github-remediation.ts';
import type { RepositoryRef } from '../../src/domain/repository.ts';
import { refusalOf } from '../../src/domain/refusal.ts';
import { isFailure } from '../builders/is-failure.ts';
import { connected, scripted } from './connected.ts';
import { startGitHub } from './start-github.ts';
import type { GitHubServer } from './start-github.ts';

const file = (text: string | null, path = 'a.yaml') => ({ path, text, mode: '100644' as const });

describe('remediation against an emulated GitHub', () => {
  let github: GitHubServer;
  let ref: RepositoryRef;
  let remediation: GitHubRemediation;
  let base: string;
  let count = 0;
  let branch: string;

  before(async () => {
    github = await startGitHub();
    ref = await github.createRepository('shop', { files: { 'a.yaml': 'a: 1\n', 'b.yaml': 'b: 1\n' } });
  });
  beforeEach(async () => {
    remediation = connected(github).app.remediation(ref);
    base = (await github.branchTip(ref, 'main')) ?? '';
    count += 1;
    branch = `plumbline/x/0123456789abcdef-g${count}`;
  });
  after(async () => {
    const violations = await github.violations();
    await github.stop();
    assert.deepEqual(violations, []);
  });

  const read = (heads: readonly string[] = [branch], numbers: readonly number[] = []) => remediation.read({ baseBranch: 'main', heads, numbers });
  const commitOn = (parent: string, text: string) => remediation.makeCommit({ parents: [parent], onto: parent, files: [file(text)], message: 'Mend a.yaml' });

  /** From nothing to an open pull request. */
  async function opened(): Promise<{ readonly number: number; readonly head: string }> {
    const head = await commitOn(base, `a: ${count + 100}\n`);
    await remediation.createBranch(branch, head);
    const answer = await remediation.openPullRequest({ branch, base: 'main', title: 'Mend', text: 'What drifted.\n\nPlumbline-Fingerprint: x' });
    return { number: answer.kind === 'opened' ? answer.number : 0, head };
  }

  it('reads everything before a step in one call', async () => {
    const { number, head } = await opened();
    await github.pushTo(ref, 'Plumbline', base);
    await github.pushTo(ref, 'feature/plumbline', base);
    github.resetCounts();
    const reading = await read();
    assert.equal(github.requests().filter(({ kind }) => kind !== 'mint').length, 1);
    assert.equal(reading.base, base);
    assert.deepEqual(reading.branches.filter(({ name }) => [branch, 'Plumbline', 'feature/plumbline'].includes(name)), [{ name: 'Plumbline', tip: base }, { name: branch, tip: head }]);
    const seen = reading.pullRequests.find((one) => one.number === number);
    assert.deepEqual(seen, { number, url: `${github.url}/acme/shop/pull/${number}`, openedByUs: true, fromFork: false, branch, baseBranch: 'main', head, body: 'What drifted.\n\nPlumbline-Fingerprint: x', state: { kind: 'open', mergesBy: null, conflicts: false } });
    await github.deleteBranch(ref, 'Plumbline');
  });

  it('opens a pull request in four writes', async () => {
    github.resetCounts();
    await opened();
    assert.deepEqual(github.requests().filter(({ kind }) => kind === 'write' || kind === 'mutation').map(({ method, path }) => `${method} ${path}`), ['POST /repos/acme/shop/git/trees', 'POST /repos/acme/shop/git/commits', 'POST /graphql', 'POST /repos/acme/shop/pulls']);
  });

  it('tells who closed what, by head in any state, and what others opened from a fork or a renamed branch', async () => {
    const { number } = await opened();
    await github.editPullRequest(ref, number, { state: 'closed' }, { as: 'dev' });
    await github.commitFiles(ref, branch, { 'c.yaml': 'c' }, 'Fork', { fork: 'stranger' });
    const forked = await github.openPullRequest(ref, { branch, fork: 'stranger', as: 'stranger' });
    const reading = await read();
    const states = reading.pullRequests.filter((one) => one.branch === branch).map(({ fromFork, openedByUs, state }) => [fromFork, openedByUs, state.kind === 'closed' ? state.by : state.kind]);
    assert.deepEqual(states, [[false, true, 'human'], [true, false, 'open']]);
    await github.editPullRequest(ref, forked.number, { state: 'closed' });
    assert.equal((await read([], [number])).pullRequests.find((one) => one.number === number)?.body, 'What drifted.\n\nPlumbline-Fingerprint: x');
  });

  it('tells ours from a branch whose name many pull requests of forks have, whatever became of them', async () => {
    await github.commitFiles(ref, branch, { 'c.yaml': 'c' }, 'Fork', { fork: 'stranger' });
    for (let flood = 0; flood < 21; flood += 1) {
      const { number } = await github.openPullRequest(ref, { branch, fork: 'stranger', as: 'stranger' });
      await github.editPullRequest(ref, number, { state: 'closed' }, { as: 'stranger' });
    }
    const { number } = await opened();
    await remediation.close(number);
    const ours = (await read()).pullRequests.filter((one) => one.branch === branch && !one.fromFork);
    assert.deepEqual(ours.map((one) => [one.number, one.openedByUs, one.state.kind, one.body?.split('\n')[0]]), [[number, true, 'closed', 'What drifted.']]);
  });

  it('tells a merge, the merge queue, auto-merge and a conflict', async () => {
    const { number, head } = await opened();
    const state = async () => (await read()).pullRequests.find((one) => one.number === number)?.state;
    await read();
    assert.deepEqual(await remediation.armAutoMerge(number, head), { kind: 'written' });
    assert.deepEqual(await state(), { kind: 'open', mergesBy: 'auto_merge', conflicts: false });
    await github.queueMerge(ref, [number]);
    assert.deepEqual(await state(), { kind: 'open', mergesBy: 'merge_queue', conflicts: false });
    await github.commitFiles(ref, 'main', { 'a.yaml': `a: ${count}\n` });
    assert.equal((await read()).pullRequests.find((one) => one.number === number)?.state.kind === 'open' && Object.values((await state()) ?? {}).includes(true), true);
    await github.editPullRequest(ref, number, { state: 'closed' });
  });

  it('arms nothing at another head', async () => {
    const { number } = await opened();
    await read();
    assert.equal((await remediation.armAutoMerge(number, base)).kind, 'refused');
  });

  it('creates a branch only where none is, and moves or deletes it only at exactly the commit that is named', async () => {
    const head = await commitOn(base, 'a: 2\n');
    const next = await commitOn(head, 'a: 3\n');
    assert.deepEqual(await remediation.createBranch(branch, head), { kind: 'written' });
    assert.deepEqual(await remediation.createBranch(branch, head), { kind: 'moved' });
    assert.deepEqual(await remediation.moveBranch(branch, base, next), { kind: 'moved' });
    assert.deepEqual(await remediation.moveBranch(branch, head, next), { kind: 'written' });
    assert.deepEqual(await remediation.deleteBranch(branch, head), { kind: 'moved' });
    assert.equal(await github.branchTip(ref, branch), next);
    assert.deepEqual(await remediation.deleteBranch(branch, next), { kind: 'written' });
    assert.equal(await github.branchTip(ref, branch), null);
  });

  it('merges the base into a branch with two parents and the tree of the base with the fix', async () => {
    const head = await commitOn(base, 'a: 2\n');
    const tip = await github.commitFiles(ref, 'main', { 'b.yaml': `b: ${count}\n` });
    const merge = await remediation.makeCommit({ parents: [head, tip], onto: tip, files: [file('a: 9\n'), file(null, 'b.yaml')], message: 'Merge' });
    await remediation.createBranch(branch, head);
    assert.deepEqual(await remediation.moveBranch(branch, head, merge), { kind: 'written' });
    const entries = (await connected(github).app.repository(ref).tree(merge)).entries.map(({ path }) => path);
    assert.deepEqual(entries.filter((path) => path.endsWith('.yaml')), ['a.yaml']);
    await github.commitFiles(ref, 'main', { 'b.yaml': 'b: 1\n' });
  });

  it('is told by a protected branch who can do something about it', async () => {
    github.protectBranch(ref, branch);
    const answer = await remediation.createBranch(branch, base);
    assert.deepEqual(answer, { kind: 'refused', refusal: refusalOf('protected'), why: 'Repository rule violations found' });
  });

  it('opens no second pull request from a branch, and none without a commit', async () => {
    await opened();
    assert.deepEqual(await remediation.openPullRequest({ branch, base: 'main', title: 'Again', text: '' }), { kind: 'moved' });
    await github.pushTo(ref, `${branch}0`, base);
    assert.deepEqual(await remediation.openPullRequest({ branch: `${branch}0`, base: 'main', title: 'Empty', text: '' }), { kind: 'moved' });
  });

  it('reads a text anew, and writes another in its place', async () => {
    const { number } = await opened();
    await remediation.editText(number, 'one\n');
    assert.equal(await remediation.textNow(number), 'one\n');
    assert.equal(await remediation.textNow(number + 1_000), null);
  });

  it('closes, and opens again at the same commit alone', async () => {
    const { number, head } = await opened();
    assert.equal(await remediation.headNow(number), head);
    assert.deepEqual([await remediation.close(number), await remediation.close(number), await remediation.headNow(number)], [{ kind: 'written' }, { kind: 'written' }, null]);
    assert.deepEqual(await remediation.reopen(number), { kind: 'written' });
    await remediation.close(number);
    await remediation.deleteBranch(branch, head);
    const refused = await remediation.reopen(number);
    assert.equal(refused.kind === 'refused' && refused.refusal.cause, 'not_reopenable');
    await remediation.createBranch(branch, head);
    assert.deepEqual(await remediation.reopen(number), { kind: 'written' });
  });

  it('has one comment, edited in place', async () => {
    const { number } = await opened();
    for (const text of ['One', 'One', 'Two']) await remediation.say(number, text);
    assert.deepEqual((await github.comments(ref, number)).map(({ body }) => body), ['Two\n\n<!-- plumbline:remediation -->']);
  });

  for (const fault of [{ kind: 'drop', performed: true }, { kind: 'cut-json' }, { kind: 'answer', status: 502, body: '', performed: true }] as const) {
    it(`is in doubt about a branch and a pull request after an answer that did not come whole (${fault.kind}), and finds both by reading`, async () => {
      const head = await commitOn(base, 'a: 5\n');
      await read();
      github.failNext(/mutation/, fault);
      await assert.rejects(remediation.createBranch(branch, head), isFailure('GITHUB_AMBIGUOUS'));
      github.failNext(/^POST .*pulls/, fault);
      await assert.rejects(remediation.openPullRequest({ branch, base: 'main', title: 'Mend', text: '' }), isFailure('GITHUB_AMBIGUOUS'));
      const { branches, pullRequests } = await read();
      assert.deepEqual([branches.some((one) => one.name === branch && one.tip === head), pullRequests.filter((one) => one.branch === branch).length], [true, 1]);
    });
  }

  it('writes contents with a token that can do nothing else, and arms with one that can do both', async () => {
    github.resetCounts();
    const { number, head } = await opened();
    await read();
    await remediation.armAutoMerge(number, head);
    const used = github.requests().filter(({ kind }) => kind === 'write' || kind === 'mutation').map(({ permissions }) => Object.entries(permissions ?? {}).filter(([, level]) => level === 'write').map(([name]) => name).join(' '));
    assert.deepEqual(used, ['contents', 'contents', 'contents', 'checks pull_requests', 'contents pull_requests']);
  });

  it('on a server without updateRefs creates branches all the same, and neither moves nor deletes one', async () => {
    const older = await startGitHub();
    try {
      older.forgetUpdateRefs();
      const shop = await older.createRepository('shop', { files: { 'a.yaml': 'a: 1\n' } });
      const own = connected(older).app.remediation(shop);
      const tip = (await older.branchTip(shop, 'main')) ?? '';
      const head = await own.makeCommit({ parents: [tip], onto: tip, files: [file('a: 2\n')], message: 'Mend' });
      assert.deepEqual([await own.createBranch('plumbline/x', head), await own.createBranch('plumbline/x', tip)], [{ kind: 'written' }, { kind: 'moved' }]);
      assert.deepEqual([(await own.moveBranch('plumbline/x', head, tip)).kind, (await own.deleteBranch('plumbline/x', head)).kind, await older.branchTip(shop, 'plumbline/x')], ['refused', 'refused', head]);
      assert.equal(older.requests().some(({ method }) => method === 'PATCH' || method === 'DELETE'), false);
    } finally {
      await older.stop();
    }
  });
});

const somewhere: RepositoryRef = { account: { id: 1, login: 'acme', kind: 'organization' }, installationId: 11, id: 100, owner: 'acme', name: 'shop' };
const sha = 'a'.repeat(40);

const writing = (answer: unknown) => scripted(({ path, body }) => (path.endsWith('/app') ? { slug: 'plumbline' } : path !== '/api/graphql' ? undefined : body.includes('mutation') ? answer : { data: { repository: { id: 'R_1' } } })).app.remediation(somewhere).createBranch('plumbline/x', sha);

describe('remediation against answers that no emulator gives', () => {
  it('is in doubt about an error without a type, and about an answer without what it did', async () => {
    await assert.rejects(writing({ data: { updateRefs: null }, errors: [{ message: 'Something went wrong while executing your query.' }] }), isFailure('GITHUB_AMBIGUOUS'));
    await assert.rejects(writing({ data: { updateRefs: null } }), isFailure('GITHUB_AMBIGUOUS'));
  });

  it('tells limits, permissions and words that nobody knows apart', async () => {
    await assert.rejects(writing({ errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }] }), isFailure('GITHUB_RATE_LIMITED'));
    assert.deepEqual(await writing({ errors: [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }] }), { kind: 'refused', refusal: refusalOf('missing_permission'), why: 'Resource not accessible by integration' });
    assert.deepEqual(await writing({ errors: [{ type: 'FORBIDDEN', message: 'Repository was archived so is read-only.' }] }), { kind: 'refused', refusal: refusalOf('archived'), why: 'Repository was archived so is read-only.' });
    assert.deepEqual(await writing({ errors: [{ type: 'UNPROCESSABLE', message: 'New words' }] }), { kind: 'refused', refusal: refusalOf('unknown'), why: 'New words' });
  });
});
