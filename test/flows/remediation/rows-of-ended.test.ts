import assert from 'node:assert/strict';
import { after, before, beforeEach, describe, it } from 'node:test';
import { startGitHub } from '../../github/start-github.ts';
import type { GitHubServer } from '../../github/start-github.ts';
import { EmulatedWorld, target } from './emulated-world.ts';

describe('the decision table against an emulated GitHub, for what is closed, merged or not there', () => {
  let github: GitHubServer;
  let world: EmulatedWorld;
  let count = 0;

  before(async () => {
    github = await startGitHub({ now: () => world?.clock.now() ?? new Date() });
  });
  beforeEach(async () => {
    count += 1;
    world = await EmulatedWorld.open(github, `shop-${count}`);
  });
  after(async () => {
    const violations = await github.violations();
    await github.stop();
    assert.deepEqual(violations, []);
  });

  const tip = async (branch: string): Promise<string> => (await github.branchTip(world.ref, branch)) ?? '';
  const rows = async (): Promise<readonly unknown[]> => [(await world.said())?.row, (await world.said())?.reason];

  it('row 9: a close of a person is a decision for 30 days, until it is taken back', async () => {
    await world.look();
    await github.editPullRequest(world.ref, 1, { state: 'closed' }, { as: 'dev' });
    for (let run = 0; run < 2; run += 1) await world.look();
    assert.deepEqual([await world.states(), await rows()], [['#1 closed'], [9, 'closed_by_human']]);
    assert.equal((await world.events()).filter((event) => event.startsWith('suppressed')).length, 1);
    world.clock.advance(1_000);
    await world.store.transaction((transaction) => transaction.unsuppress(world.key(), world.clock.now().toISOString()));
    await world.look();
    assert.deepEqual(await world.states(), ['#1 closed', '#2 open']);
  });

  it('row 9: ends with its time', async () => {
    await world.look();
    await github.editPullRequest(world.ref, 1, { state: 'closed' }, { as: 'dev' });
    await world.look();
    world.clock.advance(31 * 86_400_000);
    await world.look();
    assert.deepEqual(await world.states(), ['#1 closed', '#2 open']);
  });

  it('row 10: opens again what we closed, at our commit; where GitHub does not, the next generation links it', async () => {
    await world.look();
    world.drifted = null;
    await world.look();
    world.drifted = 'changed';
    await world.look();
    assert.deepEqual(await world.states(), ['#1 open']);
    world.drifted = null;
    await world.look();
    github.failNext(/^PATCH .*pulls/, { kind: 'answer', status: 422, body: JSON.stringify({ message: 'Validation Failed', errors: [{ message: 'state cannot be changed. The branch was force-pushed or recreated.' }] }), headers: { 'content-type': 'application/json' } });
    world.drifted = 'changed';
    await world.look();
    assert.deepEqual(await world.states(), ['#1 closed', '#2 open']);
    assert.match(String((await world.pulls())[1]?.['body']), /It follows #1/);
  });

  it('row 11: a close of nobody known stands for 7 days', async () => {
    await world.look();
    github.addUser('ghost', 'write');
    await github.editPullRequest(world.ref, 1, { state: 'closed' }, { as: 'ghost' });
    await world.look();
    assert.deepEqual(await rows(), [11, 'closed_by_unknown']);
    world.clock.advance(8 * 86_400_000);
    await world.look();
    assert.deepEqual(await world.states(), ['#1 closed', '#2 open']);
  });

  it('row 12: waits the verification window after a merge, then opens the next generation one tier lower, and stops after two', async () => {
    world.mode = 'auto';
    await world.look();
    await github.mergePullRequest(world.ref, 1);
    await world.look();
    assert.deepEqual(await rows(), [12, 'verifying']);
    world.clock.advance(3_600_001);
    await github.commitFiles(world.ref, 'main', { [target]: 'version: 2\n' });
    github.resetCounts();
    await world.look();
    assert.equal(world.writes().some((one) => one.includes('enablePullRequestAutoMerge')), false);
    await github.mergePullRequest(world.ref, 2);
    world.clock.advance(3_600_001);
    await world.look();
    assert.deepEqual([await world.states(), await rows()], [['#1 merged', '#2 merged'], [12, 'ineffective_twice']]);
  });

  it('row 12: remembers that the drift was seen gone', async () => {
    await world.look();
    await github.mergePullRequest(world.ref, 1);
    world.drifted = null;
    await world.look();
    assert.deepEqual((await world.events()).slice(-2), ['merged verified', 'skipped no_drift']);
  });

  it('row 14: writes nothing over a branch of others under our name', async () => {
    await github.pushTo(world.ref, world.branch(), await tip('main'));
    github.resetCounts();
    await world.look();
    assert.deepEqual([world.writes(), await rows(), await tip(world.branch())], [[], [14, 'foreign_branch'], await tip('main')]);
  });

  it('row 16: a pause, a bound, a limit and a report leave an entry for the digest alone', async () => {
    for (const heldBy of [['pause'], ['blast_radius'], ['limit']] as const) {
      world.heldBy = heldBy;
      await world.look();
      assert.deepEqual(await rows(), [16, heldBy[0]]);
    }
    Object.assign(world, { heldBy: [], mode: 'report' });
    await world.look();
    assert.deepEqual([await rows(), await world.states()], [[16, 'report_only'], []]);
    await world.look(true);
    assert.deepEqual(await world.states(), ['#1 open']);
  });

  it('row 16: opens no more than 150 pull requests of an account within an hour', async () => {
    await world.look();
    const at = world.clock.now().toISOString();
    await world.store.transaction(async (transaction) => {
      for (let number = 1_000; number < 1_149; number += 1) await transaction.recordRemediationPull(world.key(), number, { openedAt: at });
    });
    world.drifted = 'missing';
    await world.look();
    assert.deepEqual([await rows(), await world.states()], [[16, 'limit'], ['#1 open']]);
  });

  it('a plan that writes nothing is reported, and what is open stays as it is', async () => {
    world.files = [];
    await world.look();
    assert.deepEqual([await rows(), await world.states()], [[16, 'report_only'], []]);
  });
});
