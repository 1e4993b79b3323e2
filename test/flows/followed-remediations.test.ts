import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Failure } from '../../src/domain/failure.ts';
import { refusalOf } from '../../src/domain/refusal.ts';
import { followRemediationJob } from '../../src/flows/job-requests.ts';
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
  await world.enqueue(followRemediationJob(world.github.ref, 7));
  await world.settle();
  assert.deepEqual(world.pulls(), [`#900 open ${branch}`]);
  await world.enqueue(followRemediationJob(world.github.ref, 900));
  await world.settle();
  assert.deepEqual(world.pulls(), [`#900 closed ${branch}`]);
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
