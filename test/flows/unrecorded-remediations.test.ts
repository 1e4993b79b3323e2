import assert from 'node:assert/strict';
import { test } from 'node:test';
import { aDriftWorld, behavior } from './a-drift-world.ts';

const first = '#900 open plumbline/managed-files/…-g1';
const renamed = 'renamed-files';

/** Two behaviours drift, in the same file. */
async function aTwiceNamedFile() {
  const world = await aDriftWorld({ remediation: 'propose' });
  await world.measured('drift', { behavior: renamed });
  return world;
}

test('one that was opened by a worker that died at once: a behaviour that writes its file waits, until it was adopted and after', async () => {
  const world = await aTwiceNamedFile();
  await world.lookThatDies();
  await world.look(renamed);
  assert.deepEqual([world.pulls(), (await world.told()).at(-1)], [[first], 'remediation.skipped same_files']);
  world.clock.advance(3_700_000);
  await world.look(behavior);
  await world.look(renamed);
  assert.deepEqual(world.pulls(), [first]);
});

test('one of which our record knows nothing, as where the store is a new one: it may write the same file, so that nothing is opened beside it', async () => {
  const world = await aTwiceNamedFile();
  const { github } = world;
  const branch = 'plumbline/gone-files/0123456789abcdef-g1';
  github.commit(branch, { 'more.md': 'x' });
  await github.repository.openPullRequest({ branch, base: 'main', title: 'T', text: '' });
  await world.look(renamed);
  assert.deepEqual([world.pulls(), (await world.told()).at(-1)], [['#900 open plumbline/gone-files/…-g1'], 'remediation.skipped same_files']);
  github.pulls.set(900, { ...github.pulls.get(900)!, state: 'closed' });
  await world.look(renamed);
  assert.deepEqual(world.pulls().at(-1), '#901 open plumbline/renamed-files/…-g1');
});

test("somebody's pull request from a branch of our form holds nothing back", async () => {
  const world = await aTwiceNamedFile();
  const branch = 'plumbline/gone-files/0123456789abcdef-g1';
  world.github.commit(branch, { 'more.md': 'x' });
  world.github.openPull(7, branch);
  await world.look(renamed);
  assert.deepEqual(world.pulls(), ['#900 open plumbline/renamed-files/…-g1']);
});
