import assert from 'node:assert/strict';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { aRepository } from '../../builders/a-repository.ts';
import { plantTraps } from '../../builders/plant-traps.ts';
import { isFailure } from '../../builders/is-failure.ts';
import { openLocalRepository } from '../../../src/probes/local-git/local-repository.ts';
import type { LocalRepository } from '../../../src/probes/local-git/local-repository.ts';

async function open(context: TestContext, directory: string): Promise<LocalRepository> {
  const repository = await openLocalRepository(directory);
  context.after(async () => await repository.close());
  return repository;
}

test('attack: filters, hooks, file system monitor, textconv, pager and signing programs of a repository never run', async (t) => {
  const made = aRepository(t);
  const head = made.commit({ 'a.txt': 'a' });
  const trap = plantTraps(made);
  made.write({ 'a.txt': 'changed', 'b.txt': 'new' });
  const repository = await open(t, made.directory);
  const commit = await repository.worktreeCommit();
  const tree = await repository.tree(commit);
  await repository.blobs(tree.entries);
  await repository.history(head, { limit: 5 });
  await repository.mergeBase(head, commit);
  await repository.namesAt([{ commit, path: 'a.txt' }]);
  assert.equal(existsSync(trap), false);
  assert.throws(() => made.git('add', '--renormalize', '.'));
  assert.equal(existsSync(trap), true, 'the traps work: git itself walks into them');
});

test('attack: a replace ref shows other content under the name of a blob and is not followed', async (t) => {
  const made = aRepository(t);
  const sha = made.commit({ 'good.txt': 'good', 'evil.txt': 'evil' });
  const [good, evil] = [made.git('rev-parse', `${sha}:good.txt`), made.git('rev-parse', `${sha}:evil.txt`)];
  made.git('replace', good, evil);
  const repository = await open(t, made.directory);
  const content = (await repository.blobs([{ blob: good, size: null }])).get(good);
  assert.deepEqual(content?.kind === 'bytes' ? Buffer.from(content.bytes).toString() : content, 'good');
});

test('attack: a replaced commit and a graft do not change history', async (t) => {
  const made = aRepository(t);
  const [one, two, three] = [made.commit({ a: '1' }), made.commit({ a: '2' }), made.commit({ a: '3' })];
  made.git('replace', '--graft', two);
  writeFileSync(join(made.directory, '.git/info/grafts'), `${three} ${one}\n`);
  const repository = await open(t, made.directory);
  assert.deepEqual((await repository.history(three, { limit: 5 })).commits.map((commit) => commit.sha), [three, two, one]);
});

test('attack: a loose object whose bytes were exchanged is refused', async (t) => {
  const made = aRepository(t);
  const sha = made.commit({ 'good.txt': 'good', 'evil.txt': 'evil' });
  const [good, evil] = [made.git('rev-parse', `${sha}:good.txt`), made.git('rev-parse', `${sha}:evil.txt`)];
  exchange(made.directory, good, evil);
  const repository = await open(t, made.directory);
  await assert.rejects(repository.blobs([{ blob: good, size: null }]), isFailure('SNAPSHOT_UNREADABLE'));
});

test('attack: GIT_DIR and GIT_INDEX_FILE of the surrounding process do not decide what is read', async (t) => {
  const [made, other] = [aRepository(t), aRepository(t)];
  const sha = made.commit({ 'a.txt': 'mine' });
  other.commit({ 'a.txt': 'other' });
  const kept = process.env['GIT_DIR'];
  process.env['GIT_DIR'] = join(other.directory, '.git');
  t.after(() => (kept === undefined ? delete process.env['GIT_DIR'] : (process.env['GIT_DIR'] = kept)));
  assert.equal(await (await open(t, made.directory)).resolve('HEAD'), sha);
});

test('attack: a remote that promises missing blobs is not asked for them', async (t) => {
  const made = aRepository(t);
  const trap = join(made.directory, 'fetched');
  const script = join(made.directory, '.git/upload-pack.sh');
  writeFileSync(script, `#!/bin/sh\ntouch '${trap}'\nexit 1\n`);
  chmodSync(script, 0o755);
  made.commit({ 'a.txt': 'a' });
  for (const [name, value] of [['remote.origin.url', made.directory], ['remote.origin.uploadpack', script], ['remote.origin.promisor', 'true'], ['remote.origin.partialclonefilter', 'blob:none'], ['extensions.partialClone', 'origin'], ['core.repositoryFormatVersion', '1']] as const) made.git('config', name, value);
  const repository = await open(t, made.directory);
  await assert.rejects(repository.blobs([{ blob: '0'.repeat(39) + '1', size: null }]), isFailure('SNAPSHOT_UNREADABLE'));
  assert.equal(existsSync(trap), false);
});

function exchange(directory: string, name: string, by: string): void {
  const path = (sha: string): string => join(directory, '.git/objects', sha.slice(0, 2), sha.slice(2));
  chmodSync(path(name), 0o644);
  writeFileSync(path(name), readFileSync(path(by)));
}
