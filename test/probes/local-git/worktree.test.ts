import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { aRepository } from '../../builders/a-repository.ts';
import type { TestRepository } from '../../builders/a-repository.ts';
import { openLocalRepository } from '../../../src/probes/local-git/local-repository.ts';

interface Captured {
  readonly commit: string;
  readonly modes: Readonly<Record<string, string>>;
  readonly contents: Readonly<Record<string, string>>;
}

async function capture(context: TestContext, made: TestRepository): Promise<Captured> {
  const repository = await openLocalRepository(made.directory);
  context.after(async () => await repository.close());
  const commit = await repository.worktreeCommit();
  const { entries } = await repository.tree(commit);
  const blobs = await repository.blobs(entries.filter((entry) => entry.mode !== '160000'));
  const texts = entries.flatMap(({ path, blob }) => {
    const content = blobs.get(blob);
    return content === undefined ? [] : [[path, content.kind === 'bytes' ? Buffer.from(content.bytes).toString() : content.kind] as const];
  });
  return { commit, modes: Object.fromEntries(entries.map(({ path, mode }) => [path, mode])), contents: Object.fromEntries(texts) };
}

test('worktreeCommit() holds changed, new, staged and unstaged files, and neither deleted nor ignored ones', async (t) => {
  const made = aRepository(t);
  made.commit({ '.gitignore': 'ignored.txt\n', 'kept.txt': 'kept', 'changed.txt': 'old', 'deleted.txt': 'x', 'folder/staged.txt': 'old' });
  made.write({ 'changed.txt': 'new', 'folder/staged.txt': 'staged', 'untracked.txt': 'untracked', 'ignored.txt': 'secret' });
  made.git('add', 'folder/staged.txt');
  rmSync(join(made.directory, 'deleted.txt'));
  const { contents } = await capture(t, made);
  assert.deepEqual(contents, { '.gitignore': 'ignored.txt\n', 'changed.txt': 'new', 'folder/staged.txt': 'staged', 'kept.txt': 'kept', 'untracked.txt': 'untracked' });
});

test('worktreeCommit() has the line endings that git would add, by settings and attributes', async (t) => {
  for (const [setting, attributes] of [['false', ''], ['true', ''], ['Input', ''], ['false', '* text=auto\n'], ['false', '*.txt text\n*.bin -text\n'], ['yes', '*.bin -text\n*.txt eol=lf\n']] as const) {
    const made = aRepository(t);
    made.git('config', 'core.autocrlf', 'false');
    made.commit({ 'kept.txt': 'a\nb\n', 'as-added.txt': 'a\r\nb\r\n', 'also.txt': 'x' });
    made.git('config', 'core.autocrlf', setting);
    made.git('config', 'core.safecrlf', 'false');
    made.write({ '.gitattributes': attributes, 'kept.txt': 'a\r\nb\r\n', 'as-added.txt': 'a\r\nc\r\n', 'new.txt': 'é\r\nb\n', 'new.bin': 'a\r\nb\r\n', 'odd [x] name.txt': '\r\n', 'zero.dat': 'a\r\n\0' });
    symlinkSync('a\r\nb', join(made.directory, 'link.txt'));
    const repository = await openLocalRepository(made.directory);
    t.after(async () => await repository.close());
    const captured = await repository.tree(await repository.worktreeCommit());
    made.git('add', '-A');
    const added = Object.fromEntries(made.git('ls-files', '-s').trim().split('\n').map((line) => [line.slice(line.indexOf('\t') + 1), line.split(' ')[1]]));
    assert.deepEqual(Object.fromEntries(captured.entries.map(({ path, blob }) => [path, blob])), added, `${setting} ${attributes}`);
  }
});

test('worktreeCommit() leaves the index, the refs and the object database as they are, and cleans up after itself', async (t) => {
  const made = aRepository(t);
  made.commit({ 'a.txt': 'a' });
  made.write({ 'a.txt': 'changed', 'b.txt': 'new' });
  const before = stateOf(made);
  const scratch = scratchDirectories();
  const repository = await openLocalRepository(made.directory);
  const commit = await repository.worktreeCommit();
  assert.equal(await repository.worktreeCommit(), commit);
  await repository.close();
  assert.deepEqual(stateOf(made), before);
  assert.deepEqual(scratchDirectories(), scratch);
  assert.throws(() => made.git('cat-file', '-e', commit));
});

test('worktreeCommit() of an unchanged working tree has the tree of HEAD, and HEAD as its merge base', async (t) => {
  const made = aRepository(t);
  const head = made.commit({ 'a.txt': 'a', 'b/c.txt': 'c' });
  const repository = await openLocalRepository(made.directory);
  t.after(async () => await repository.close());
  const commit = await repository.worktreeCommit();
  assert.deepEqual((await repository.tree(commit)).entries, (await repository.tree(head)).entries);
  assert.equal(await repository.mergeBase(head, commit), head);
});

test('worktreeCommit() takes links as links, executable files as such, and reads nothing through a linked folder', async (t) => {
  const made = aRepository(t);
  const outside = aRepository(t);
  outside.write({ 'secret.txt': 'outside' });
  made.commit({ 'folder/secret.txt': 'inside', 'run.sh': '#!/bin/sh\n' });
  chmodSync(join(made.directory, 'run.sh'), 0o755);
  rmSync(join(made.directory, 'folder'), { recursive: true });
  symlinkSync(outside.directory, join(made.directory, 'folder'));
  symlinkSync('/etc/passwd', join(made.directory, 'link'));
  const { modes, contents } = await capture(t, made);
  assert.deepEqual(modes, { folder: '120000', link: '120000', 'run.sh': '100755' });
  assert.deepEqual([contents['folder'], contents['link']], [outside.directory, '/etc/passwd']);
});

test('worktreeCommit() does not wait for a named pipe in place of a file', async (t) => {
  const made = aRepository(t);
  made.commit({ 'a.txt': 'a', 'b.txt': 'b' });
  rmSync(join(made.directory, 'a.txt'));
  execFileSync('mkfifo', [join(made.directory, 'a.txt')]);
  assert.deepEqual((await capture(t, made)).modes, { 'b.txt': '100644' });
});

test('worktreeCommit() names a file over the limit without keeping it', async (t) => {
  const made = aRepository(t);
  made.commit({ 'a.txt': 'a' });
  made.write({ 'large.bin': 'x'.repeat(3 * 1024 * 1024) });
  const { commit, contents } = await capture(t, made);
  assert.equal(contents['large.bin'], 'too-large');
  const repository = await openLocalRepository(made.directory);
  t.after(async () => await repository.close());
  assert.equal(await repository.worktreeCommit(), commit);
  const name = made.git('hash-object', '--no-filters', 'large.bin');
  assert.equal((await repository.tree(commit)).entries.find((entry) => entry.path === 'large.bin')?.blob, name);
});

test('worktreeCommit() keeps paths with line feeds and bytes that are not UTF-8', async (t) => {
  const made = aRepository(t);
  made.commit({ 'a.txt': 'a' });
  made.write({ 'line\nfeed.txt': 'feed' });
  writeFileSync(Buffer.concat([Buffer.from(`${made.directory}/`), Buffer.from([0x63, 0xe9])]), 'bytes');
  assert.deepEqual((await capture(t, made)).contents, { 'a.txt': 'a', 'c\\xe9': 'bytes', 'line\nfeed.txt': 'feed' });
});

test('worktreeCommit() keeps a file that a sparse checkout leaves out, and a conflicted file once', async (t) => {
  const made = aRepository(t);
  made.commit({ 'in/a.txt': 'a', 'out/b.txt': 'b' });
  made.git('sparse-checkout', 'set', '--no-cone', '/in/');
  assert.deepEqual((await capture(t, made)).contents, { 'in/a.txt': 'a', 'out/b.txt': 'b' });
  const other = conflicted(t);
  assert.match((await capture(t, other)).contents['a.txt'] ?? '', /<<<<<<</);
});

test('worktreeCommit() shows a repository inside this one as a submodule', async (t) => {
  const made = aRepository(t);
  made.commit({ 'a.txt': 'a' });
  mkdirSync(join(made.directory, 'inner'));
  execFileSync('git', ['init', '-q'], { cwd: join(made.directory, 'inner') });
  made.write({ 'inner/file.txt': 'x' });
  assert.deepEqual((await capture(t, made)).modes, { 'a.txt': '100644', inner: '160000' });
});

test('worktreeCommit() works in a SHA-256 repository', async (t) => {
  const made = aRepository(t, { format: 'sha256' });
  made.commit({ 'a.txt': 'a' });
  made.write({ 'b.txt': 'b' });
  const { commit, contents } = await capture(t, made);
  assert.deepEqual([commit.length, contents], [64, { 'a.txt': 'a', 'b.txt': 'b' }]);
});

function conflicted(context: TestContext): TestRepository {
  const made = aRepository(context);
  made.commit({ 'a.txt': 'base\n' });
  made.git('checkout', '-q', '-b', 'topic');
  made.commit({ 'a.txt': 'topic\n' });
  made.git('checkout', '-q', 'main');
  made.commit({ 'a.txt': 'main\n' });
  assert.throws(() => made.git('merge', '-q', 'topic'));
  return made;
}

function stateOf(made: TestRepository): readonly string[] {
  return [made.git('ls-files', '-s'), made.git('for-each-ref'), made.git('count-objects', '-v'), made.git('rev-parse', 'HEAD')];
}

function scratchDirectories(): readonly string[] {
  return readdirSync(tmpdir()).filter((name) => name.startsWith('plumbline-worktree-'));
}
