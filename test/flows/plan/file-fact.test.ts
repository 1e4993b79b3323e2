import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commitFact, fileFactAt } from '../../../src/flows/plan/file-fact.ts';
import { isFailure } from '../../builders/is-failure.ts';
import { FakeGitHub } from '../../fakes/fake-github.ts';

const text = (value: string) => ({ kind: 'file', text: value, mode: '100644' });

test('commitFact() tells what a commit of the base changed against its first parent', async () => {
  const github = new FakeGitHub();
  github.commit('main', { 'a.txt': 'before' });
  const change = github.commit('main', { 'a.txt': 'after' });
  const tip = github.commit('main', { 'b.txt': 'later' });
  const fact = await commitFact(github.repository, change, (one) => github.repository.isAncestor(one, tip));
  assert.deepEqual(fact, { kind: 'changes', files: [{ path: 'a.txt', before: text('before'), after: text('after') }] });
});

test("attack: a commit of a fork whose content before is a stranger's is not known, so that nothing of it is proposed", async () => {
  const github = new FakeGitHub();
  const base = github.commit('main', { 'a.txt': 'good' });
  const evil = github.commit('fork', { 'a.txt': 'evil' }, [base]);
  const named = github.commit('fork', { 'a.txt': 'good' }, [evil]);
  assert.deepEqual(await commitFact(github.repository, named, (one) => github.repository.isAncestor(one, base)), { kind: 'unknown' });
});

test('fileFactAt() takes no file for absent in a tree that was not read whole', async () => {
  const github = new FakeGitHub();
  const commit = github.commit('main', { 'a.txt': 'a' });
  const cut = { ...github.repository, tree: async (of: string) => ({ ...(await github.repository.tree(of)), complete: false }) };
  await assert.rejects(fileFactAt(cut, commit, 'b.txt'), isFailure('SNAPSHOT_UNREADABLE'));
  assert.deepEqual(await fileFactAt(cut, commit, 'a.txt'), text('a'));
  assert.deepEqual(await fileFactAt(github.repository, commit, 'b.txt'), { kind: 'absent' });
});
