import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../../src/domain/failure.ts';
import { remediateJob, scanJob } from '../../src/flows/job-requests.ts';
import { aDriftWorld, behavior } from './a-drift-world.ts';

const branch = 'plumbline/managed-files/…-g1';
const file = (name: string) => ['kind: Behavior', `name: ${name}`, 'scope: environment', 'source: {type: repository-files, files: [{path: .editorconfig, template: templates/editor.ini}]}', 'owner: team:platform', ''].join('\n');

/** A remediation is open, and the behaviours of the default branch are what the test says. */
async function anOpenRemediation() {
  const world = await aDriftWorld({ remediation: 'propose' });
  world.github.commit('main', { 'behaviors/managed.yaml': file(behavior) });
  await world.look();
  assert.deepEqual(world.pulls(), [`#900 open ${branch}`]);
  const forget = (): Promise<void> => world.store.transaction((transaction) => transaction.keepDriftsOf(world.github.ref.id, []));
  return { ...world, forget };
}

test('a behaviour that is deleted from the default branch: the scan tells it, and what is open for it is closed with a word', async () => {
  const world = await anOpenRemediation();
  world.github.commit('main', { 'behaviors/managed.yaml': null });
  await world.enqueue(scanJob({ repository: world.github.ref, confirming: null }));
  await world.settle();
  assert.deepEqual([world.pulls(), (await world.told()).slice(-3)], [[`#900 closed ${branch}`], ['remediation.intent close', 'remediation.closed behavior_gone', 'remediation.skipped behavior_gone']]);
  assert.ok((await world.auditEvents()).includes('drift.forgotten'));
});

test('a behaviour that changes alone are measured by now is gone from scans', async () => {
  const world = await anOpenRemediation();
  await world.forget();
  world.github.commit('main', { 'behaviors/managed.yaml': file(behavior).replace('environment', 'change') });
  await world.look();
  assert.deepEqual(world.pulls(), [`#900 closed ${branch}`]);
});

const unknown = {
  'is there': { 'behaviors/managed.yaml': file(behavior) },
  'may be behind a broken file': { 'behaviors/managed.yaml': 'kind: Behavior\n' },
};
for (const [title, files] of Object.entries(unknown)) {
  test(`a behaviour that no scan knows and that ${title}: nothing is closed`, async () => {
    const world = await anOpenRemediation();
    await world.forget();
    world.github.commit('main', files);
    await world.look();
    assert.deepEqual(world.pulls(), [`#900 open ${branch}`]);
  });
}

test("a behaviour that no scan knows, while the organisation's configuration can not be read: nothing is closed", async () => {
  const world = await anOpenRemediation();
  await world.forget();
  world.github.commit('main', { 'behaviors/managed.yaml': null });
  // What was read of it within the last minute counts.
  world.clock.advance(60_000);
  world.github.trouble.set('organizationConfiguration', Array.from({ length: 9 }, () => new Failure('SNAPSHOT_UNREADABLE', 'too large')));
  await world.look();
  assert.deepEqual(world.pulls(), [`#900 open ${branch}`]);
});

test('a behaviour that got another name: its drift waits until what the old one opened is closed, so that one is open for a file', async () => {
  const world = await anOpenRemediation();
  const look = async (name: string): Promise<void> => {
    await world.enqueue(remediateJob(world.github.ref, name));
    await world.settle();
  };
  await world.forget();
  world.github.commit('main', { 'behaviors/managed.yaml': file('editor-files') });
  await world.measured('drift', { behavior: 'editor-files' });
  await look('editor-files');
  assert.deepEqual([world.pulls(), (await world.told()).at(-1)], [[`#900 open ${branch}`], 'remediation.skipped same_files']);
  await look(behavior);
  await look('editor-files');
  assert.deepEqual(world.pulls(), [`#900 closed ${branch}`, '#901 open plumbline/editor-files/…-g1']);
});
