import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { commitMessage } from '../../src/domain/effect.ts';
import type { Effect } from '../../src/domain/effect.ts';
import type { RepositoryRef } from '../../src/domain/repository.ts';
import type { GitHubRepository } from '../../src/flows/ports/github-repository.ts';
import { isFailure } from '../builders/is-failure.ts';
import { connected, scripted } from './connected.ts';
import { startGitHub } from './start-github.ts';
import type { GitHubServer } from './start-github.ts';

type CommitEffect = Extract<Effect, { kind: 'commit' }>;

function aCommit(head: string, overrides: Partial<CommitEffect> = {}): CommitEffect {
  return {
    kind: 'commit', key: `mend/1/1/${head}`, pullRequest: 1, branch: 'topic', head, headline: 'Mend a.yaml', body: `- a.yaml\n\nPlumbline-Mend: mend/1/1/${head}`,
    files: [{ path: 'a.yaml', text: 'a: "ü"\r\n' }], askedBy: { login: 'dev', id: 12 }, ...overrides,
  };
}

describe('commitOnBranch() against an emulated GitHub', () => {
  let github: GitHubServer;
  let ref: RepositoryRef;
  let repository: GitHubRepository;
  let head: string;

  before(async () => {
    github = await startGitHub();
    repository = connected(github).app.repository((ref = await github.createRepository('shop', { files: { 'a.yaml': 'a: 1\n' } })));
  });
  beforeEach(async () => {
    head = await github.commitFiles(ref, 'topic', { 'b.yaml': `b: ${Math.random()}\n` }, 'Change', { as: 'dev' });
  });
  after(async () => {
    const violations = await github.violations();
    await github.stop();
    assert.deepEqual(violations, []);
  });

  it('commits the files on the expected head, byte for byte, with a token that can do nothing else', async () => {
    github.resetCounts();
    const answer = await repository.commit(aCommit(head));
    const tip = await github.branchTip(ref, 'topic');
    assert.deepEqual(answer, { kind: 'committed', commit: tip });
    const [blob] = await repository.namesAt([{ commit: tip ?? '', path: 'a.yaml' }]);
    const content = (await repository.blobs([{ blob: blob?.name ?? '', size: null }])).get(blob?.name ?? '');
    assert.equal(content?.kind === 'bytes' && Buffer.from(content.bytes).toString(), 'a: "ü"\r\n');
    assert.deepEqual(github.requests().find((one) => one.kind === 'mutation')?.permissions, { metadata: 'read', contents: 'write' });
  });

  it('commits nothing on a branch that is not at the expected head', async () => {
    const newer = await github.commitFiles(ref, 'topic', { 'c.yaml': 'c: 1\n' }, 'Meanwhile', { as: 'dev' });
    assert.deepEqual([await repository.commit(aCommit(head)), await github.branchTip(ref, 'topic')], [{ kind: 'moved' }, newer]);
  });

  it('tells what GitHub says of a protected branch, and commits nothing', async () => {
    await github.pushTo(ref, 'guarded', head);
    github.protectBranch(ref, 'guarded');
    const answer = await repository.commit(aCommit(head, { branch: 'guarded' }));
    assert.deepEqual([answer, await github.branchTip(ref, 'guarded')], [{ kind: 'refused', why: 'Changes must be made through a pull request.' }, head]);
  });

  for (const fault of [{ kind: 'drop', performed: true }, { kind: 'cut-json' }, { kind: 'answer', status: 502, body: '', performed: true }] as const) {
    it(`is in doubt after an answer that did not come whole (${fault.kind}), asks only once, and finds the commit`, async () => {
      github.failNext(/mutation/, fault);
      github.resetCounts();
      await assert.rejects(repository.commit(aCommit(head)), isFailure('GITHUB_AMBIGUOUS'));
      assert.equal(github.requests().filter((one) => one.kind === 'mutation').length, 1);
      const tip = (await github.branchTip(ref, 'topic')) ?? '';
      assert.equal(await repository.findCommit({ tip, parent: head, message: commitMessage(aCommit(head)) }), tip);
    });
  }

  it('finds the commit below newer ones, and none with another message or parent', async () => {
    const answer = await repository.commit(aCommit(head));
    const made = answer.kind === 'committed' ? answer.commit : '';
    const tip = await github.commitFiles(ref, 'topic', { 'c.yaml': `${Math.random()}\n` }, 'On top', { as: 'dev' });
    const message = commitMessage(aCommit(head));
    assert.equal(await repository.findCommit({ tip, parent: head, message }), made);
    assert.equal(await repository.findCommit({ tip, parent: made, message }), null);
    assert.equal(await repository.findCommit({ tip, parent: head, message: 'Mend another' }), null);
  });

  it('headOf() tells branch, head and repository of a pull request, and null where there is none', async () => {
    const { number } = await github.openPullRequest(ref, { branch: 'topic', as: 'dev' });
    assert.deepEqual(await repository.headOf(number), { state: 'open', branch: 'topic', head, repositoryId: ref.id });
    assert.equal(await repository.headOf(4_242), null);
  });

  it('commits nothing for an installation that did not grant it', async () => {
    const other = await startGitHub({ permissions: { metadata: 'read', contents: 'read', pull_requests: 'write', checks: 'write' } });
    try {
      const shop = await other.createRepository('shop', { files: { 'a.yaml': 'a: 1\n' } });
      const tip = (await other.branchTip(shop, 'main')) ?? '';
      assert.deepEqual(await connected(other).app.repository(shop).commit(aCommit(tip, { branch: 'main' })), { kind: 'ungranted' });
      assert.equal(await other.branchTip(shop, 'main'), tip);
    } finally {
      await other.stop();
    }
  });
});

const somewhere: RepositoryRef = { account: { id: 1, login: 'acme', kind: 'organization' }, installationId: 11, id: 100, owner: 'acme', name: 'shop' };
const said = (answer: unknown) => scripted(({ path }) => (path === '/api/graphql' ? answer : undefined)).app.repository(somewhere).commit(aCommit('a'.repeat(40)));

describe('commitOnBranch() against answers that no emulator gives', () => {
  it('is in doubt about an error without a type, and about an answer without the commit', async () => {
    await assert.rejects(said({ data: { createCommitOnBranch: null }, errors: [{ message: 'Something went wrong while executing your query.' }] }), isFailure('GITHUB_AMBIGUOUS'));
    await assert.rejects(said({ data: { createCommitOnBranch: null } }), isFailure('GITHUB_AMBIGUOUS'));
    await assert.rejects(said({ data: { createCommitOnBranch: { commit: { oid: 'x' } } } }), isFailure('GITHUB_AMBIGUOUS'));
  });

  it('tries again later where the limit of calls was met', async () => {
    await assert.rejects(said({ errors: [{ type: 'RATE_LIMITED', message: 'API rate limit exceeded' }] }), isFailure('GITHUB_RATE_LIMITED'));
  });

  it('takes a refused permission for one that was not granted', async () => {
    assert.deepEqual(await said({ errors: [{ type: 'FORBIDDEN', message: 'Resource not accessible by integration' }] }), { kind: 'ungranted' });
  });
});
