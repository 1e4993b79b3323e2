import assert from 'node:assert/strict';
import { test } from 'node:test';
import { recentTrees } from '../../src/flows/recent-trees.ts';

test('a tree is read once while it is among the last four that were asked for', async () => {
  const read: string[] = [];
  const { tree } = recentTrees({ tree: async (commit) => (read.push(commit), { commit, entries: [], complete: true }) });
  for (const commit of ['a', 'b', 'c', 'd', 'a', 'e', 'a', 'b']) assert.equal((await tree(commit)).commit, commit);
  assert.deepEqual(read, ['a', 'b', 'c', 'd', 'e', 'b']);
});
