import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digestOfValue } from '../../src/domain/digest.ts';
import { Failure } from '../../src/domain/failure.ts';
import { refusalOf } from '../../src/domain/refusal.ts';
import { followRemediationJob } from '../../src/flows/job-requests.ts';
import { followRemediation } from '../../src/flows/remediation/follow-remediation.ts';
import { settleRepository } from '../../src/flows/scan/settle-repository.ts';
import { aDriftWorld } from './a-drift-world.ts';

const branch = 'plumbline/managed-files/…-g1';

/** A remediation is open, and what was measured since nobody looked at. */
async function anOpenRemediation() {
  const world = await aDriftWorld({ remediation: 'propose' });
  await world.look();
  await world.measured('pass');
  assert.deepEqual(world.pulls(), [`#900 open ${branch}`]);
  return world;
}

test('what happens to a pull request of ours has its behaviour looked at, and to one of others nothing', async () => {
  const world = await anOpenRemediation();
  for (const other of ['plumbline/managed-files/0123456789abcdef-g1', 'plumbline/managed-files', 'main']) await world.enqueue(followRemediationJob(world.github.ref, other));
  await world.settle();
  assert.deepEqual(world.pulls(), [`#900 open ${branch}`]);
  await world.enqueue(followRemediationJob(world.github.ref, world.github.heads.get(900) ?? ''));
  await world.settle();
  assert.deepEqual(world.pulls(), [`#900 closed ${branch}`]);
});

/** A person restores the branch and opens it again, by the buttons of GitHub. */
async function reopen({ github, enqueue, settle }: Awaited<ReturnType<typeof aDriftWorld>>, number: number): Promise<void> {
  const name = github.heads.get(number) ?? '';
  github.branches.set(name, github.pulls.get(number)?.head ?? '');
  github.openPull(number, name, { state: 'open', author: 'plumbline[bot]' });
  await enqueue(followRemediationJob(github.ref, name));
  await settle();
}

test('one that gave way to another drift and is opened again by a person is closed again: one is open for a behaviour', async () => {
  const world = await aDriftWorld({ remediation: 'propose' });
  await world.look();
  await world.measured('drift', {}, true, digestOfValue('another agreement'));
  await world.look();
  const one = [`#900 closed ${branch}`, `#901 open ${branch}`];
  assert.deepEqual(world.pulls(), one);
  await reopen(world, 900);
  assert.deepEqual(world.pulls(), one);
});

test('one that was closed since the drift was over, and is opened again by a person, is closed again', async () => {
  const world = await anOpenRemediation();
  await world.look();
  assert.deepEqual(world.pulls(), [`#900 closed ${branch}`]);
  await reopen(world, 900);
  assert.deepEqual([world.pulls(), (await world.told()).slice(-3)], [[`#900 closed ${branch}`], ['remediation.intent close', 'remediation.closed drift_gone', 'remediation.skipped no_drift']]);
});

test('one of which our record does not know, that a person closed and opens again once the drift is over, is closed again', async () => {
  const world = await aDriftWorld({ remediation: 'propose' });
  await world.lookThatDies();
  world.github.pulls.set(900, { ...world.github.pulls.get(900)!, state: 'closed' });
  world.clock.advance(3_700_000);
  await world.measured('pass');
  await world.look();
  assert.deepEqual([world.pulls(), (await world.told()).at(-1)], [[`#900 closed ${branch}`], 'remediation.skipped no_drift']);
  await reopen(world, 900);
  assert.deepEqual(world.pulls(), [`#900 closed ${branch}`]);
});

test('what is opened again while somebody looks, and finds it closed, is looked at again', async () => {
  const world = await anOpenRemediation();
  const { store, github } = world;
  await world.look();
  const key = { repositoryId: github.ref.id, fingerprint: (await world.record(900))?.fingerprint ?? assert.fail() };
  const steps = await store.transaction((transaction) => transaction.stepsOf(key));
  await followRemediation(world.ports, { repository: github.ref, branch: github.heads.get(900) ?? '' });
  assert.equal(await store.transaction((transaction) => transaction.sayOfRemediation(key, { row: null, reason: 'other_drift', pullRequest: null, about: '' }, steps)), false);
});

for (const [outcome, state] of [['measured', 'closed'], ['failed', 'open']] as const) {
  test(`a look that was missed, as where a job was buried: the next scan asks for it, where the repository was ${outcome}`, async () => {
    const world = await anOpenRemediation();
    const { store, github, clock } = world;
    await store.transaction(async (transaction) => {
      await transaction.beginScan({ id: 'scan', accountId: github.ref.account.id, begunAt: clock.now().toISOString(), trigger: 'schedule', asked: null }, [github.ref.id]);
      await transaction.noteMeasured(github.ref.id, ['scan']);
      await settleRepository(transaction, github.ref, { from: 'confirming', outcome, now: clock.now() });
    });
    await world.settle();
    assert.deepEqual(world.pulls(), [`#900 ${state} ${branch}`]);
  });
}

test('a branch whose pull request was refused is deleted once the drift is gone', async () => {
  const world = await aDriftWorld({ remediation: 'propose' });
  const ours = (): readonly string[] => [...world.github.branches.keys()].filter((name) => name.startsWith('plumbline/'));
  world.github.trouble.set('openPullRequest', [new Failure('GITHUB_REFUSED', 'no', { refusal: refusalOf('unknown') })]);
  await world.look();
  assert.deepEqual([world.pulls(), ours().length], [[], 1]);
  await world.measured('pass');
  await world.look();
  assert.deepEqual([ours(), (await world.told()).slice(-2)], [[], ['remediation.closed drift_gone', 'remediation.skipped no_drift']]);
});
