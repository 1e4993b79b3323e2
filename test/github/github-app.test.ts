import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, describe, it } from 'node:test';
import { limits } from '../../src/domain/limits.ts';
import type { RepositoryRef } from '../../src/domain/repository.ts';
import type { GitHubRepository } from '../../src/flows/ports/github-repository.ts';
import { isFailure } from '../builders/is-failure.ts';
import { aCheck, aState, annotations } from './a-check.ts';
import { connected } from './connected.ts';
import type { Connected } from './connected.ts';
import { memoryCache } from './memory-cache.ts';
import { startGitHub } from './start-github.ts';
import type { GitHubServer } from './start-github.ts';

const marker = '<!-- plumbline:decision -->';

describe('connectGitHub() against an emulated GitHub', () => {
  let github: GitHubServer;
  let own: Connected;
  let ref: RepositoryRef;
  let repository: GitHubRepository;
  let head: string;
  let number: number;

  before(async () => {
    github = await startGitHub();
    ref = await github.createRepository('shop', { files: { 'contracts/a.yaml': 'a: 1\n', 'image.png': Buffer.from([137, 80, 0, 255]), 'latin.txt': Buffer.from([0xe9, 10]) } });
    head = await github.commitFiles(ref, 'topic', { 'contracts/a.yaml': 'a: 2\n', 'run.sh': { mode: '100755', content: '#!/bin/sh\n' }, link: { mode: '120000', content: 'run.sh' }, vendor: { submodule: 'a'.repeat(40) } }, 'Change', { as: 'dev' });
    number = (await github.openPullRequest(ref, { branch: 'topic', as: 'dev', title: 'Change a' })).number;
    own = connected(github);
    repository = own.app.repository(ref);
  });

  after(async () => {
    const violations = await github.violations();
    await github.stop();
    assert.deepEqual(violations, [], 'every request and answer is as GitHub describes it');
  });

  it('pullRequest() tells head, author and the tip of the base branch now, in one call', async () => {
    const base = await github.commitFiles(ref, 'main', { 'README.md': 'moved on' });
    github.resetCounts();
    const facts = await repository.pullRequest(number);
    const { createdAt: _createdAt, authorId, ...rest } = facts!;
    assert.deepEqual(rest, { number, state: 'open', title: 'Change a', author: 'dev', draft: false, head, headRepositoryId: ref.id, baseBranch: 'main', base, mergeCommit: null });
    assert.deepEqual(github.counts(), { reads: 1, writes: 0, conditional: 0, mints: 1 });
    assert.equal(await repository.loginOf(authorId ?? 0), 'dev');
  });

  it('organizationConfiguration() does not ask again at once for a .github repository that the App was not given', async () => {
    let now = Date.now();
    const { app } = connected(github, { clock: { now: () => new Date(now) } });
    const mints: number[] = [];
    for (const wait of [0, 1_000, 61_000]) {
      now += wait;
      github.resetCounts();
      assert.equal(await app.organizationConfiguration(ref), null);
      mints.push(github.counts().mints);
    }
    assert.deepEqual(mints, [2, 0, 1], 'refused for .github and minted for listing; nothing; refused again');
  });

  it('pullRequest() is null for a number that does not exist', async () => {
    assert.equal(await repository.pullRequest(4_242), null);
  });

  it('pullRequest() throws for a repository that the token does not see', async () => {
    await assert.rejects(own.app.repository({ ...ref, name: 'other' }).pullRequest(1), isFailure('NOT_FOUND'));
  });

  it('pullRequest() of a fork names the fork as repository of the head', async () => {
    await github.commitFiles(ref, 'fix', { 'docs/x.md': 'x' }, 'Fix', { fork: 'stranger' });
    const { number: forked } = await github.openPullRequest(ref, { branch: 'fix', fork: 'stranger' });
    const facts = await repository.pullRequest(forked);
    assert.notEqual(facts!.headRepositoryId, ref.id);
    assert.equal(facts!.author, 'stranger');
    assert.deepEqual((await repository.openPullRequests()).map((one) => one.number), [number, forked]);
  });

  it('tree() lists every path with mode, blob and size, and reads it once', async () => {
    const tree = await repository.tree(head);
    assert.equal(tree.complete, true);
    assert.deepEqual(
      tree.entries.map(({ path, mode, size }) => `${mode} ${path} ${size}`),
      ['100644 contracts/a.yaml 5', '100644 image.png 4', '100644 latin.txt 2', '120000 link 6', '100644 README.md 7', '100755 run.sh 10', '160000 vendor null'],
    );
    github.resetCounts();
    assert.deepEqual(await repository.tree(head), tree);
    assert.equal(github.counts().reads, 0);
  });

  it('blobs() reads text in one query, binary and non-UTF-8 files singly, each byte for byte', async () => {
    const { entries } = await repository.tree(head);
    const files = entries.filter((entry) => entry.mode !== '160000');
    github.resetCounts();
    const found = await repository.blobs(files);
    const bytesAt = (path: string) => found.get(entries.find((entry) => entry.path === path)!.blob);
    assert.deepEqual(bytesAt('image.png'), { kind: 'bytes', bytes: Uint8Array.from([137, 80, 0, 255]) });
    assert.deepEqual(bytesAt('latin.txt'), { kind: 'bytes', bytes: Uint8Array.from([0xe9, 10]) });
    assert.deepEqual(bytesAt('contracts/a.yaml'), { kind: 'bytes', bytes: new TextEncoder().encode('a: 2\n') });
    assert.equal(github.counts().reads, 3);
  });

  it('blobs() throws when one of them does not exist', async () => {
    await assert.rejects(repository.blobs([{ blob: 'd'.repeat(40), size: null }]), isFailure('SNAPSHOT_UNREADABLE'));
  });

  it('blobs() does not read what is larger than the limit', async () => {
    github.resetCounts();
    const blob = 'e'.repeat(40);
    assert.deepEqual([...(await repository.blobs([{ blob, size: 2_000_000 }]))], [[blob, { kind: 'too-large', size: 2_000_000 }]]);
    assert.equal(github.counts().reads, 0);
  });

  it('blobs() says too-large for a blob of unknown size that turns out so', async () => {
    const commit = await github.commitFiles(ref, 'large', { 'large.txt': 'x'.repeat(1_100_000) });
    const { blob } = (await repository.tree(commit)).entries.find((entry) => entry.path === 'large.txt')!;
    assert.deepEqual((await repository.blobs([{ blob, size: null }])).get(blob), { kind: 'too-large', size: 1_100_000 });
  });

  it('blobs() asks again for cached content that does not hash to its name', async () => {
    const { blob } = (await repository.tree(head)).entries[0]!;
    own.cache.contents.set(blob, { kind: 'bytes', bytes: new TextEncoder().encode('a: 666\n') });
    assert.deepEqual((await repository.blobs([{ blob, size: 5 }])).get(blob), { kind: 'bytes', bytes: new TextEncoder().encode('a: 2\n') });
  });

  it('namesAt() gives names and kinds in order, null where nothing stands', async () => {
    const { entries } = await repository.tree(head);
    const nameOf = (path: string) => entries.find((entry) => entry.path === path)!.blob;
    const paths = ['run.sh', 'nothing', 'a/../run.sh', 'link'];
    const few = await repository.namesAt(paths.map((path) => ({ commit: head, path })));
    assert.deepEqual(few, [{ name: nameOf('run.sh'), kind: 'blob' }, null, null, { name: nameOf('link'), kind: 'link' }]);
    const [submodule, folder] = await repository.namesAt(['vendor', 'contracts'].map((path) => ({ commit: head, path })));
    assert.deepEqual([submodule, folder?.kind], [{ name: nameOf('vendor'), kind: 'commit' }, 'tree']);
  });

  it('attack: namesAt() tells links and submodules among many places where it is asked to, and finds nothing behind a NUL', async () => {
    const paths = ['run.sh', 'link', 'vendor', 'contracts', 'nothing', 'README.md', 'run.sh\0', 'a/../run.sh'];
    const many = await repository.namesAt(paths.map((path) => ({ commit: head, path })), { tellsModes: true });
    assert.deepEqual(many.map((found) => found?.kind), ['blob', 'link', 'commit', 'tree', undefined, 'blob', undefined, undefined]);
  });

  it('namesAt() tells files from directories among many places, and the same again from what it kept', async () => {
    const many = await repository.namesAt(['run.sh', 'nothing', 'contracts', '', 'README.md'].map((path) => ({ commit: head, path })));
    assert.deepEqual(many.map((found) => found?.kind ?? null), ['blob', null, 'tree', 'tree', 'blob']);
    const folder = [{ commit: head, path: 'contracts' }];
    const first = await repository.namesAt(folder);
    github.resetCounts();
    assert.deepEqual(await repository.namesAt(folder), first);
    assert.equal(github.counts().reads, 0);
  });

  it('attack: a directory or submodule in place of the configuration at the base is told as such when the pull request is read', async () => {
    const odd = { tree: { '.github/plumbline.yml/x': '1' }, commit: { '.github/plumbline.yml': { submodule: 'a'.repeat(40) } } };
    for (const [kind, files] of Object.entries(odd)) {
      await github.commitFiles(ref, `odd-${kind}`, files);
      await github.commitFiles(ref, `onto-${kind}`, { 'README.md': kind });
      const pull = await github.openPullRequest(ref, { branch: `onto-${kind}`, base: `odd-${kind}` });
      const facts = await repository.pullRequest(pull.number);
      assert.equal((await repository.namesAt([{ commit: facts!.base, path: '.github/plumbline.yml' }]))[0]?.kind, kind);
      await github.editPullRequest(ref, pull.number, { state: 'closed' });
    }
  });

  it('namesAt() throws for a commit that GitHub does not have, instead of saying that nothing stands there', async () => {
    await assert.rejects(repository.namesAt([{ commit: 'c'.repeat(40), path: 'run.sh' }]), isFailure('SNAPSHOT_UNREADABLE'));
  });

  it('history() follows first parents across a merge and tells where to go on', async () => {
    await github.commitFiles(ref, 'side', { 'side.md': '1' });
    const side = await github.openPullRequest(ref, { branch: 'side' });
    const merge = await github.mergePullRequest(ref, side.number);
    const page = await repository.history(merge, { limit: 2 });
    assert.deepEqual(page.commits.map((commit) => commit.sha), [merge, page.commits[0]!.parent]);
    const rest = await repository.history(page.next!, { limit: 100 });
    assert.equal(rest.next, null);
    assert.ok(!rest.commits.some((commit) => commit.sha === side.head));
  });

  it('mergeBase() finds the common ancestor once and keeps it', async () => {
    const facts = await repository.pullRequest(number);
    const found = await repository.mergeBase(facts!.base, facts!.head);
    github.resetCounts();
    assert.equal(await repository.mergeBase(facts!.base, facts!.head), found);
    assert.equal(await repository.isAncestor(found, facts!.head), true);
    assert.equal(await repository.isAncestor(facts!.head, found), false);
    assert.equal(github.counts().reads, 2);
  });

  it('parentsOf() tells them in their order, and null of a commit that is not there', async () => {
    const facts = await repository.pullRequest(number);
    const { commits } = await repository.history(facts!.head, { limit: 1 });
    assert.deepEqual(await repository.parentsOf(facts!.head), [commits[0]?.parent]);
    assert.equal(await repository.parentsOf('f'.repeat(40)), null);
  });

  it('mergeBase() throws for a commit that is not there', async () => {
    await assert.rejects(repository.mergeBase(head, 'b'.repeat(40)), isFailure('SNAPSHOT_UNREADABLE'));
  });

  it('branchTip() is null for no branch, and asks conditionally the second time', async () => {
    assert.equal(await repository.branchTip('no/such'), null);
    await github.commitFiles(ref, 'team/topic', { x: '1' });
    const tip = await repository.branchTip('team/topic');
    github.resetCounts();
    assert.equal(await repository.branchTip('team/topic'), tip);
    assert.equal(github.counts().conditional, 1);
    const moved = await github.commitFiles(ref, 'team/topic', { x: '2' });
    assert.equal(await repository.branchTip('team/topic'), moved);
  });

  it('branches() are all of them', async () => {
    for (const branch of ['rel/1', 'rel/2']) await github.commitFiles(ref, branch, { x: '1' });
    assert.deepEqual((await repository.branches()).filter((name) => name === 'main' || name.startsWith('rel/')).toSorted(), ['main', 'rel/1', 'rel/2']);
  });

  it('requiredCheck() knows rulesets and classic protection, and whether they pin our App', async () => {
    github.requireCheck(ref, 'main', { name: 'plumbline', appId: github.appId });
    github.requireCheck(ref, 'main', { name: 'build' });
    github.requireCheck(ref, 'topic', { name: 'plumbline', appId: 99, by: 'protection' });
    assert.deepEqual(await repository.requiredCheck('main', 'plumbline'), { required: true, pinned: true });
    assert.deepEqual(await repository.requiredCheck('main', 'build'), { required: true, pinned: false });
    assert.deepEqual(await repository.requiredCheck('topic', 'plumbline'), { required: true, pinned: false });
    assert.deepEqual(await repository.requiredCheck('main', 'Plumbline'), { required: false, pinned: false });
    await assert.rejects(repository.requiredCheck('nowhere', 'plumbline'), isFailure('NOT_FOUND'));
  });

  it('canWrite() is true for writers only', async () => {
    const answers = await Promise.all(['alice', 'dev', 'reader', 'stranger', 'unknown'].map((login) => repository.canWrite(login)));
    assert.deepEqual(answers, [true, true, false, false, false]);
  });

  it('createCheck() sends 120 annotations in batches, updateCheck() appends only the missing ones', async () => {
    const state = aState({ annotations: annotations(120) });
    const id = await repository.createCheck(aCheck(head, { key: 'many', state }));
    assert.equal(github.annotations(id).length, 120);
    await repository.updateCheck(id, { ...state, annotations: annotations(123) }, 120);
    assert.deepEqual(github.annotations(id).slice(118).map((one) => one['message']), ['finding 119', 'finding 120', 'finding 121', 'finding 122', 'finding 123']);
    assert.deepEqual(await repository.findCheck(head, 'plumbline', 'many'), { id, status: 'completed', annotations: 123 });
  });

  it('createCheck() sends a button, and refuses one that GitHub would not take', async () => {
    const action = { label: 'Mend the contracts', description: 'Commits 2 mended files to the branch', identifier: 'mend' };
    const id = await repository.createCheck(aCheck(head, { key: 'button', state: aState({ actions: [action] }) }));
    assert.deepEqual(github.actions(id), [action]);
    const long = [{ ...action, label: 'x'.repeat(21) }, { ...action, description: 'x'.repeat(41) }, { ...action, identifier: 'x'.repeat(21) }];
    for (const one of long) await assert.rejects(repository.createCheck(aCheck(head, { key: 'long', state: aState({ actions: [one] }) })), isFailure('GITHUB_REFUSED'));
  });

  it('findCheck() does not take a run of another App with our name and key for ours', async () => {
    await github.foreignCheck(ref, head, { name: 'plumbline', external_id: 'forged', status: 'completed', conclusion: 'success' });
    assert.equal(await repository.findCheck(head, 'plumbline', 'forged'), null);
  });

  it('checkRun() is what a check run says now, whoever made it, and none of another repository', async () => {
    const foreign = await github.foreignCheck(ref, head, { name: 'tests', status: 'in_progress' });
    assert.deepEqual(await repository.checkRun?.(foreign), { kind: 'found', run: { head, name: 'tests', status: 'in_progress', conclusion: null, app: { slug: github.slug, isOwn: false } } });
    await github.endForeignCheck(ref, foreign, 'failure');
    assert.deepEqual(await repository.checkRun?.(foreign), { kind: 'found', run: { head, name: 'tests', status: 'completed', conclusion: 'failure', app: { slug: github.slug, isOwn: false } } });
    const own = await repository.createCheck(aCheck(head, { key: 'cited', state: aState() }));
    const told = await repository.checkRun?.(own);
    assert.deepEqual(told?.kind === 'found' && told.run.app?.isOwn, true);
    const other = await github.createRepository('tested', { files: { x: '1' } });
    const theirs = await github.foreignCheck(other, (await github.branchTip(other, 'main')) ?? '', { name: 'tests', status: 'completed', conclusion: 'success' });
    for (const id of [theirs, 987_654_321, Number.MAX_SAFE_INTEGER]) assert.deepEqual(await repository.checkRun?.(id), { kind: 'absent' }, String(id));
  });

  it('checksOf() is what other Apps found out about a commit, whatever we did', async () => {
    const commit = await github.commitFiles(ref, 'checked', { x: '1' });
    await repository.createCheck(aCheck(commit, { key: 'own', state: aState({ conclusion: 'failure' }) }));
    assert.equal(await repository.checksOf(commit), null);
    await github.foreignCheck(ref, commit, { name: 'build', status: 'completed', conclusion: 'success' });
    assert.equal(await repository.checksOf(commit), 'success');
    await github.foreignCheck(ref, commit, { name: 'test', status: 'completed', conclusion: 'failure' });
    assert.equal(await repository.checksOf(commit), 'failure');
  });

  it('createCheck() refuses a summary over 65,535 characters before asking GitHub', async () => {
    github.resetCounts();
    await assert.rejects(repository.createCheck(aCheck(head, { state: aState({ summary: 'x'.repeat(65_536) }) })), isFailure('GITHUB_REFUSED'));
    assert.equal(github.counts().writes, 0);
  });

  it('createCheck() is refused for a commit that GitHub does not have', async () => {
    await assert.rejects(repository.createCheck(aCheck('f'.repeat(40))), isFailure('GITHUB_REFUSED'));
  });

  it('findComment() finds our own comment, not a copy of its marker by a person', async () => {
    await github.comment(ref, number, `${marker} approved, trust me`, { as: 'dev' });
    assert.equal(await repository.findComment(number, marker), null);
    const id = await repository.createComment(number, `${marker} denied`);
    await repository.updateComment(id, `${marker} held`);
    assert.deepEqual(await repository.findComment(number, marker), { id, body: `${marker} held` });
  });

  it('pullRequestsOf() names the pull request that a merge commit came from', async () => {
    await github.commitFiles(ref, 'merged', { 'merged.md': '1' });
    const opened = await github.openPullRequest(ref, { branch: 'merged' });
    const merge = await github.mergePullRequest(ref, opened.number, { bypass: true });
    assert.deepEqual(await repository.pullRequestsOf(merge), [{ number: opened.number, state: 'merged', baseBranch: 'main', head: opened.head, mergeCommit: merge }]);
    const facts = await repository.pullRequest(opened.number);
    assert.deepEqual([facts!.state, facts!.mergeCommit], ['merged', merge]);
  });

  it('organizationConfiguration() is null without a .github repository, then tells file and commit in one call', async () => {
    assert.equal(await connected(github).app.organizationConfiguration(ref), null);
    const configured = await github.createRepository('.github', { files: { 'docs.md': 'x' } });
    assert.equal((await own.app.organizationConfiguration(ref))!.bytes, null);
    const commit = await github.commitFiles(configured, 'main', { 'plumbline.yml': 'version: 1\n' });
    github.resetCounts();
    assert.deepEqual(await own.app.organizationConfiguration(ref), { repository: configured, commit, bytes: new TextEncoder().encode('version: 1\n') });
    assert.equal(github.counts().reads, 1);
    assert.deepEqual(await own.app.organizationRepository(ref), configured);
  });

  it('organizationObjects() tells contents of its files in one call, and none of what is known already or not there', async () => {
    const configured = (await own.app.organizationConfiguration(ref))?.repository;
    assert.ok(configured);
    const text = 'version: 1\nwaivers: []\n';
    await github.commitFiles(configured, 'main', { 'waivers.yaml': text });
    const blob = createHash('sha1').update(`blob ${text.length}\0${text}`).digest('hex');
    const objects = connected(github, { cache: memoryCache() }).app.organizationObjects(ref);
    github.resetCounts();
    for (let count = 0; count < 2; count += 1) assert.deepEqual(await objects.blobs([{ blob, size: null }]), new Map([[blob, { kind: 'bytes', bytes: new TextEncoder().encode(text) }]]));
    assert.equal(github.counts().reads, 1);
    await assert.rejects(objects.blobs([{ blob: 'e'.repeat(40), size: null }]), isFailure('SNAPSHOT_UNREADABLE'));
  });

  it('organizationConfiguration() tells why what stands there can not be used, where it is no file or too large', async () => {
    const configured = (await own.app.organizationConfiguration(ref))?.repository;
    assert.ok(configured);
    const told = async (files: Readonly<Record<string, string | null>>) => {
      const commit = await github.commitFiles(configured, 'main', files);
      const found = await own.app.organizationConfiguration(ref);
      return [found?.commit === commit, found?.bytes, found?.unusable];
    };
    assert.deepEqual(await told({ 'plumbline.yml': '#'.repeat(limits.fileBytes + 1) }), [true, null, `it is too large (${limits.fileBytes + 1} bytes, expected at most ${limits.fileBytes})`]);
    assert.deepEqual([await told({ 'plumbline.yml': null }), await told({ 'plumbline.yml/a': 'x' })], [[true, null, undefined], [true, null, 'it is a directory']]);
    assert.deepEqual([await told({ 'plumbline.yml/a': null }), await told({ 'plumbline.yml': 'version: 1\n' })].at(-1), [true, new TextEncoder().encode('version: 1\n'), undefined]);
  });

  it('organizationConfiguration() is null for a user account without asking', async () => {
    const personal = { ...ref, account: { ...ref.account, kind: 'user' as const } };
    assert.equal(await own.app.organizationConfiguration(personal), null);
    assert.equal(await own.app.organizationRepository(personal), null);
  });

  it('repositories() lists what the installation sees', async () => {
    const names: string[] = [];
    for await (const one of own.app.repositories()) names.push(`${one.repository.owner}/${one.repository.name} ${one.defaultBranch}`);
    assert.deepEqual(names.toSorted(), ['acme/.github main', 'acme/shop main', 'acme/tested main']);
    assert.equal(await own.app.slug(), github.slug);
  });

  it('a revoked token is renewed without the caller noticing', async () => {
    github.revokeTokens();
    assert.equal((await repository.pullRequest(number))!.number, number);
  });

  it('tokens are minted for one repository with least permissions, once, and never logged', async () => {
    const fresh = connected(github);
    github.resetCounts();
    const other = fresh.app.repository(ref);
    await Promise.all([other.pullRequest(number), other.branchTip('main'), other.tree(head)]);
    const mints = github.requests().filter((one) => one.kind === 'mint').map((one) => one.requestBody);
    assert.deepEqual(mints, [{ permissions: { metadata: 'read', contents: 'read', pull_requests: 'read', checks: 'read' }, repository_ids: [ref.id] }]);
    assert.doesNotMatch(JSON.stringify([own.log.lines, fresh.log.lines]), /ghs_|eyJ/);
  });

  it('a judgement of 20 governed files costs at most 8 reads cold and 4 warm', async () => {
    const files = Object.fromEntries(Array.from({ length: 20 }, (_, index) => [`contracts/c${index}.yaml`, `id: ${index}\n`]));
    await github.commitFiles(ref, 'twenty', files);
    const { number: opened } = await github.openPullRequest(ref, { branch: 'twenty' });
    const fresh = connected(github);
    const judge = async (): Promise<number> => {
      github.resetCounts();
      const judged = fresh.app.repository(ref);
      const facts = await judged.pullRequest(opened);
      await fresh.app.organizationConfiguration(ref);
      const from = await judged.mergeBase(facts!.base, facts!.head);
      const trees = await Promise.all([...new Set([from, facts!.base, facts!.head])].map((commit) => judged.tree(commit)));
      await judged.blobs(trees.flatMap((tree) => tree.entries.filter((entry) => entry.path.startsWith('contracts/'))));
      return github.counts().reads;
    };
    assert.ok((await judge()) <= 7, 'cold, with one read left for requiredCheck()');
    assert.equal(await judge(), 2);
  });
});
