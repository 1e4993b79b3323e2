import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { isFailure } from '../../builders/is-failure.ts';
import { aRepository, repositoryIn } from '../../builders/a-repository.ts';
import { openLocalRepository } from '../../../src/probes/local-git/local-repository.ts';
import type { LocalRepository } from '../../../src/probes/local-git/local-repository.ts';

async function open(context: TestContext, directory: string): Promise<LocalRepository> {
  const repository = await openLocalRepository(directory);
  context.after(async () => await repository.close());
  return repository;
}

for (const format of ['sha1', 'sha256'] as const) {
  test(`tree() and blobs() of a ${format} repository give every path with mode, name, size and content`, async (t) => {
    const made = aRepository(t, { format });
    const sha = made.commit({ 'a.txt': 'hello\n', 'folder/b c.txt': '' });
    const repository = await open(t, made.directory);
    const tree = await repository.tree(sha);
    assert.deepEqual(tree.entries.map(({ path, mode, size }) => ({ path, mode, size })), [{ path: 'a.txt', mode: '100644', size: 6 }, { path: 'folder/b c.txt', mode: '100644', size: 0 }]);
    assert.equal(tree.complete, true);
    const contents = await repository.blobs(tree.entries);
    assert.deepEqual(tree.entries.map((entry) => textOf(contents.get(entry.blob))), ['hello\n', '']);
  });
}

test('blobs() reads 2,000 blobs through one process', async (t) => {
  const made = aRepository(t);
  const files = Array.from({ length: 2000 }, (_, index) => [`files/${index}.txt`, `content ${index}\n`.repeat(50)] as const);
  const sha = commitOfMany(made.directory, files);
  const repository = await open(t, made.directory);
  const tree = await repository.tree(sha);
  const contents = await repository.blobs(tree.entries);
  assert.equal(contents.size, 2000);
  assert.equal(textOf(contents.get(tree.entries.find((entry) => entry.path === 'files/7.txt')?.blob ?? '')), 'content 7\n'.repeat(50));
});

test('blobs() does not keep a file over the limit, whether or not its size was known', async (t) => {
  const made = aRepository(t);
  const sha = made.commit({ 'large.bin': 'x'.repeat(1024 * 1024 + 1), 'small.txt': 'small' });
  const repository = await open(t, made.directory);
  const [large, small] = (await repository.tree(sha)).entries;
  assert.ok(large !== undefined && small !== undefined);
  const contents = await repository.blobs([{ blob: large.blob, size: null }, small]);
  assert.deepEqual([contents.get(large.blob), textOf(contents.get(small.blob))], [{ kind: 'too-large', size: 1024 * 1024 + 1 }, 'small']);
  assert.deepEqual((await repository.blobs([large])).get(large.blob), { kind: 'too-large', size: 1024 * 1024 + 1 });
});

test('blobs() refuses a blob that the repository does not have, and goes on reading others', async (t) => {
  const made = aRepository(t);
  const sha = made.commit({ 'a.txt': 'a' });
  const repository = await open(t, made.directory);
  const [entry] = (await repository.tree(sha)).entries;
  assert.ok(entry !== undefined);
  await assert.rejects(repository.blobs([{ blob: '0'.repeat(39) + '1', size: 1 }, entry]), isFailure('SNAPSHOT_UNREADABLE'));
  assert.equal(textOf((await repository.blobs([entry])).get(entry.blob)), 'a');
});

test('blobs() refuses the name of a commit and a name that is none', async (t) => {
  const made = aRepository(t);
  const sha = made.commit({ 'a.txt': 'a' });
  const repository = await open(t, made.directory);
  await assert.rejects(repository.blobs([{ blob: sha, size: null }]), isFailure('SNAPSHOT_UNREADABLE'));
  await assert.rejects(repository.blobs([{ blob: 'HEAD:a.txt', size: null }]), isFailure('SNAPSHOT_UNREADABLE'));
});

test('tree() keeps paths with line feeds, quotes and bytes that are not UTF-8', async (t) => {
  const made = aRepository(t);
  const blob = made.git('rev-parse', `${made.commit({ 'a.txt': 'a' })}:a.txt`);
  const sha = commitOfPaths(made.directory, blob, [Buffer.from('line\nfeed.yaml'), Buffer.from('quo"te.yaml'), Buffer.from([0x63, 0xe9, 0x2e, 0x79])]);
  const repository = await open(t, made.directory);
  const tree = await repository.tree(sha);
  assert.deepEqual(tree.entries.map((entry) => entry.path), ['c\\xe9.y', 'line\nfeed.yaml', 'quo"te.yaml']);
  assert.equal(tree.complete, true);
});

test('tree() is incomplete when two byte paths read alike', async (t) => {
  const made = aRepository(t);
  const blob = made.git('rev-parse', `${made.commit({ 'a.txt': 'a' })}:a.txt`);
  const sha = commitOfPaths(made.directory, blob, [Buffer.from([0x63, 0xe9]), Buffer.from('c\\xe9')]);
  const repository = await open(t, made.directory);
  assert.equal((await repository.tree(sha)).complete, false);
});

test('namesAt() gives names and kinds in order and null where nothing stands', async (t) => {
  const made = aRepository(t);
  const first = made.commit({ 'a/b.txt': 'one' });
  const second = made.commit({ 'a/b.txt': 'two', 'line\nfeed': 'x' });
  const repository = await open(t, made.directory);
  const names = await repository.namesAt([{ commit: first, path: 'a/b.txt' }, { commit: second, path: 'line\nfeed' }, { commit: second, path: 'a' }, { commit: first, path: 'gone.txt' }, { commit: second, path: '' }]);
  const [file, awkward, folder, root] = [`${first}:a/b.txt`, `${second}:line\nfeed`, `${second}:a`, `${second}^{tree}`].map((name) => made.git('rev-parse', name));
  assert.deepEqual(names, [{ name: file, kind: 'blob' }, { name: awkward, kind: 'blob' }, { name: folder, kind: 'tree' }, null, { name: root, kind: 'tree' }]);
});

test('attack: namesAt() does not call a link or a submodule a file, not even one that names a commit of the repository', async (t) => {
  const made = aRepository(t);
  const first = made.commit({ 'a.txt': 'one' });
  made.git('update-index', '--add', '--cacheinfo', `160000,${first},here`, '--cacheinfo', `160000,${'a'.repeat(40)},elsewhere`);
  symlinkSync('a.txt', join(made.directory, 'link'));
  made.git('add', 'link');
  made.git('commit', '-q', '-m', 'odd');
  const repository = await open(t, made.directory);
  const odd = ['here', 'elsewhere', 'link'].map((path) => ({ commit: made.git('rev-parse', 'HEAD'), path }));
  assert.deepEqual((await repository.namesAt(odd)).map((found) => found?.kind), ['commit', 'commit', 'link']);
  const among = await repository.namesAt([...odd, { commit: first, path: './a.txt' }, { commit: first, path: 'x/../a.txt' }]);
  assert.deepEqual(among.map((found) => found?.kind === 'blob').slice(0, 2), [false, false]);
});

test('attack: namesAt() tells links and submodules among many paths where it is asked to, and finds nothing behind a NUL', async (t) => {
  const made = aRepository(t);
  const first = made.commit({ 'a.txt': 'one', 'folder/b.txt': 'two' });
  symlinkSync('a.txt', join(made.directory, 'link'));
  symlinkSync('folder', join(made.directory, 'linked'));
  made.git('add', '-A');
  made.git('update-index', '--add', '--cacheinfo', `160000,${first},module`);
  made.git('commit', '-q', '-m', 'odd');
  const commit = made.git('rev-parse', 'HEAD');
  const repository = await open(t, made.directory);
  const paths = ['a.txt', 'link', 'linked/b.txt', 'module', 'folder', 'folder/b.txt', 'gone', 'a.txt\0', 'x\na.txt', './a.txt', '*.txt', ''];
  const places = [...paths.map((path) => ({ commit, path })), { commit: first, path: 'link' }, { commit: first, path: 'a.txt' }];
  const kinds = ['blob', 'link', undefined, 'commit', 'tree', 'blob', undefined, undefined, undefined, undefined, undefined, undefined, undefined, 'blob'];
  assert.deepEqual((await repository.namesAt(places, { tellsModes: true })).map((found) => found?.kind), kinds);
  const some = places.filter(({ path }) => path.includes('\0') || path.includes('.txt'));
  assert.deepEqual((await repository.namesAt(some)).map((found) => found?.kind === 'blob'), some.map(({ path }) => path === 'a.txt' || path === 'folder/b.txt'));
  await assert.rejects(repository.namesAt(paths.map((path) => ({ commit: 'a'.repeat(40), path })), { tellsModes: true }), isFailure('SNAPSHOT_UNREADABLE'));
  await assert.rejects(repository.namesAt(Array.from({ length: 5 }, () => ({ commit: 'a'.repeat(40), path: '..' })), { tellsModes: true }), isFailure('SNAPSHOT_UNREADABLE'));
});

test('protectionOf() counts the history of the default branch, and of the base where there is none', async (t) => {
  const made = aRepository(t);
  const first = made.commit({ a: '1' });
  made.git('checkout', '-q', '-b', 'topic');
  const topic = made.commit({ a: '2' });
  const repository = await open(t, made.directory);
  const blob = made.git('rev-parse', `${first}:a`);
  const asked = [first, topic, 'f'.repeat(40), blob, 'main', '--all', `${first}\n${topic}`];
  const range = { mergeBase: first, base: topic, branch: 'topic' };
  assert.deepEqual(await repository.protectionOf(asked, range), ['protected', 'unprotected', 'absent', 'absent', 'absent', 'absent', 'absent']);
  made.git('branch', '-q', '-m', 'main', 'trunk');
  assert.deepEqual(await repository.protectionOf([first, topic], range), ['protected', 'protected']);
});

test('namesAt() refuses a commit that the repository does not have', async (t) => {
  const made = aRepository(t);
  made.commit({ 'a.txt': 'one' });
  const repository = await open(t, made.directory);
  await assert.rejects(repository.namesAt([{ commit: 'a'.repeat(40), path: 'a.txt' }]), isFailure('SNAPSHOT_UNREADABLE'));
});

test('history() pages through first parents, newest first', async (t) => {
  const made = aRepository(t);
  const [one, two, three] = [made.commit({ a: '1' }), made.commit({ a: '2' }), made.commit({ a: '3' })];
  const repository = await open(t, made.directory);
  const page = await repository.history(three, { limit: 2 });
  assert.deepEqual([page.commits.map((commit) => commit.sha), page.commits.map((commit) => commit.parent), page.next], [[three, two], [two, one], one]);
  assert.deepEqual([(await repository.history(one, { limit: 2 })).commits.length, (await repository.history(one, { limit: 2 })).next], [1, null]);
});

test('history() and mergeBase() refuse a shallow clone and name git fetch --unshallow', async (t) => {
  const { shallow, main, topic } = shallowClone(t);
  const repository = await open(t, shallow);
  await assert.rejects(repository.history(main, { limit: 10 }), isFailure('SNAPSHOT_UNREADABLE', /git fetch --unshallow/));
  await assert.rejects(repository.mergeBase(main, topic), isFailure('SNAPSHOT_UNREADABLE', /git fetch --unshallow/));
});

test('mergeBase() finds the fork point, and refuses histories that share nothing', async (t) => {
  const made = aRepository(t);
  const fork = made.commit({ a: '1' });
  made.git('checkout', '-q', '-b', 'topic');
  const topic = made.commit({ b: '1' });
  made.git('checkout', '-q', 'main');
  const main = made.commit({ c: '1' });
  made.git('checkout', '-q', '--orphan', 'stranger');
  const stranger = made.commit({ d: '1' });
  const repository = await open(t, made.directory);
  assert.equal(await repository.mergeBase(main, topic), fork);
  await assert.rejects(repository.mergeBase(main, stranger), isFailure('SNAPSHOT_UNREADABLE', /no common history/));
});

for (const ref of ['nowhere', '--output=x', '-h', '', 'main\nmain', 'HEAD:a']) {
  test(`resolve() refuses ${JSON.stringify(ref)} as no commit`, async (t) => {
    const made = aRepository(t);
    made.commit({ a: '1' });
    const repository = await open(t, made.directory);
    await assert.rejects(repository.resolve(ref), isFailure('USAGE'));
    assert.deepEqual(readdirSync(made.directory).toSorted(), ['.git', 'a']);
  });
}

test('resolve() gives the commit of a branch, an annotated tag and a short name', async (t) => {
  const made = aRepository(t);
  const sha = made.commit({ a: '1' });
  made.git('tag', '-a', 'v1', '-m', 'one');
  const repository = await open(t, made.directory);
  assert.deepEqual(await Promise.all(['main', 'v1', sha.slice(0, 8)].map(async (ref) => await repository.resolve(ref))), [sha, sha, sha]);
});

test('defaultBase() prefers origin/HEAD, then main, then master, and is null without them', async (t) => {
  const origin = aRepository(t, { branch: 'trunk' });
  const sha = origin.commit({ a: '1' });
  const clone = aRepository(t);
  clone.git('remote', 'add', 'origin', origin.directory);
  clone.git('fetch', '-q', 'origin');
  const repository = await open(t, clone.directory);
  assert.equal(await repository.defaultBase(), null);
  clone.git('branch', 'master', 'origin/trunk');
  assert.deepEqual(await repository.defaultBase(), { ref: 'master', branch: 'master', sha });
  clone.git('remote', 'set-head', 'origin', 'trunk');
  assert.deepEqual(await repository.defaultBase(), { ref: 'origin/trunk', branch: 'trunk', sha });
});

for (const [url, expected] of [
  ['https://github.com/octo/hello.git', { owner: 'octo', name: 'hello' }],
  ['git@github.com:octo/hello.world.git', { owner: 'octo', name: 'hello.world' }],
  ['ssh://git@example.com/octo/hello/', { owner: 'octo', name: 'hello' }],
  ['ext::sh -c touch% pwned', null],
] as const) {
  test(`origin() reads ${url} as ${expected === null ? 'nobody' : `${expected.owner}/${expected.name}`}`, async (t) => {
    const made = aRepository(t);
    made.git('config', 'remote.origin.url', url);
    assert.deepEqual(await (await open(t, made.directory)).origin(), expected);
  });
}

test('openLocalRepository() refuses a directory that is in no repository and one that does not exist', async (t) => {
  const made = aRepository(t);
  const bare = join(made.directory, '..');
  await assert.rejects(openLocalRepository(bare), isFailure('USAGE', /--repo/));
  await assert.rejects(openLocalRepository(join(made.directory, 'nowhere')), isFailure('USAGE', /no such directory/));
});

test('openLocalRepository() in a folder of the working tree opens the whole repository, and a bare one opens too', async (t) => {
  const made = aRepository(t);
  const sha = made.commit({ 'folder/a.txt': 'a' });
  assert.equal((await open(t, join(made.directory, 'folder'))).root, made.directory);
  made.git('clone', '-q', '--bare', '.', 'bare.git');
  const bare = await open(t, join(made.directory, 'bare.git'));
  assert.deepEqual((await bare.tree(sha)).entries.map((entry) => entry.path), ['folder/a.txt']);
  await assert.rejects(bare.worktreeCommit(), isFailure('USAGE'));
});

function shallowClone(context: TestContext): { shallow: string; main: string; topic: string } {
  const made = aRepository(context);
  made.commit({ a: '1' });
  made.git('checkout', '-q', '-b', 'topic');
  made.commit({ b: '1' });
  const topic = made.commit({ b: '2' });
  made.git('checkout', '-q', 'main');
  const main = made.commit({ c: '1' });
  made.git('clone', '-q', '--depth=1', '--no-single-branch', `file://${made.directory}`, 'shallow');
  return { shallow: join(made.directory, 'shallow'), main, topic };
}

/** A commit whose paths the file system or `git add` might not take. */
function commitOfPaths(directory: string, blob: string, paths: readonly Buffer[]): string {
  const made = repositoryIn(directory);
  const lines = Buffer.concat(paths.flatMap((path) => [Buffer.from(`100644 blob ${blob}\t`), path, Buffer.from([0])]));
  const tree = gitWithInput(directory, ['mktree', '-z'], lines);
  return made.git('commit-tree', tree, '-m', 'odd paths');
}

/** Writes one pack, not as many files as it has. */
function commitOfMany(directory: string, files: readonly (readonly [path: string, text: string])[]): string {
  const changes = files.map(([path, text]) => `M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`);
  gitWithInput(directory, ['fast-import', '--quiet'], Buffer.from(`commit refs/heads/main\ncommitter Test <test@example.com> 0 +0000\ndata 0\n${changes.join('')}`));
  return repositoryIn(directory).git('rev-parse', 'main');
}

function gitWithInput(directory: string, words: readonly string[], input: Buffer): string {
  return execFileSync('git', words, { cwd: directory, input, encoding: 'utf8' }).trim();
}

function textOf(content: unknown): string | null {
  return typeof content === 'object' && content !== null && 'bytes' in content && content.bytes instanceof Uint8Array ? Buffer.from(content.bytes).toString('utf8') : null;
}
