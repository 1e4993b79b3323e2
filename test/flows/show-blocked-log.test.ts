import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { Failure } from '../../src/domain/failure.ts';
import { recordPushJob } from '../../src/flows/job-requests.ts';
import { resumeAudit } from '../../src/flows/resume-audit.ts';
import { aContract, aGovernedWorld } from './a-world.ts';

type World = ReturnType<typeof aGovernedWorld>;

const hour = 3_600_000;

/** A governed world with pull request 1 open. */
async function aPullRequest() {
  const world = aGovernedWorld();
  await world.enqueue(recordPushJob(world.github.ref, 'refs/heads/main'));
  await world.settle();
  world.github.branch('a', 'main');
  const head = world.github.commit('a', { 'README.md': 'new\n' });
  world.github.openPull(1, 'a');
  return { world, head };
}

const block = (world: World) => world.store.audit.block(1, 'tampered');
const resume = (world: World) => resumeAudit({ store: world.store, publicKeys: [] }, { account: 1, actor: 'user:olga', reason: 'restored' });
const shown = (world: World, head: string) => world.github.checks.filter((one) => one.head === head).map((one) => [one.name, one.state.conclusion, one.state.title]);
const blocked = ['plumbline', 'failure', 'Blocked: the audit log can not be written'];

suite('a blocked log', () => {
  test('fails the roll-up of a head that it keeps from being judged, and names no fault of the change', async () => {
    const { world, head } = await aPullRequest();
    const size = await world.store.audit.size(1);
    await block(world);
    await world.evaluate(1);
    assert.deepEqual(shown(world, head), [blocked]);
    assert.match(world.github.check('plumbline', head)?.state.summary ?? '', /audit\/blocked.*Nothing in your change caused this.*The operator/s);
    assert.deepEqual([await world.store.audit.size(1), await world.store.transaction((transaction) => transaction.newestDecision(100, 'pull-request:1'))], [size, null]);
  });

  test('is told on the run that was open already, so that none says for ever that it is being judged', async () => {
    const { world, head } = await aPullRequest();
    world.github.trouble.set('mergeBase', [new Failure('GITHUB_UNAVAILABLE', 'down')]);
    await world.evaluate(1);
    assert.equal(world.github.check('plumbline', head)?.state.status, 'in_progress');
    await block(world);
    world.clock.advance(hour);
    await world.settle();
    assert.deepEqual(shown(world, head), [blocked]);
  });

  test('is told where the decision was kept and only its effects could not be performed', async () => {
    const { world, head } = await aPullRequest();
    world.github.trouble.set('createCheck', [new Failure('GITHUB_UNAVAILABLE', 'down')]);
    await world.evaluate(1);
    assert.deepEqual(shown(world, head), []);
    await block(world);
    world.clock.advance(hour);
    await world.settle();
    assert.deepEqual(shown(world, head), [blocked]);
  });

  test('takes the green away from a head that was allowed before and can not be judged anew', async () => {
    const { world, head } = await aPullRequest();
    await world.evaluate(1);
    await block(world);
    await world.evaluate(1);
    assert.deepEqual(world.github.check('plumbline', head)?.state.conclusion, 'failure');
  });

  test('is told once per head and hour, and asks GitHub no more in between', async () => {
    const { world, head } = await aPullRequest();
    await block(world);
    await world.evaluate(1);
    world.github.calls.length = 0;
    await world.evaluate(1);
    await world.evaluate(1);
    assert.deepEqual(world.github.calls.filter((call) => call.endsWith('Check')), []);
    world.clock.advance(hour);
    await world.settle();
    assert.deepEqual(shown(world, head), [blocked]);
  });

  test('once open again gives way to the verdict, and a second block is newer than that', async () => {
    const { world, head } = await aPullRequest();
    for (const expected of ['success', 'success']) {
      await block(world);
      await world.evaluate(1);
      assert.deepEqual(shown(world, head).at(-1), blocked);
      await resume(world);
      world.clock.advance(hour);
      await world.settle();
      assert.equal(world.github.check('plumbline', head)?.state.conclusion, expected);
    }
  });

  test('tells nothing of a pull request that is closed', async () => {
    const { world, head } = await aPullRequest();
    await world.evaluate(1);
    world.github.openPull(1, 'a', { state: 'closed' });
    await block(world);
    await world.evaluate(1);
    assert.deepEqual(shown(world, head).filter(([, conclusion]) => conclusion !== 'success'), []);
  });

  test('that can not be told is reported, and told at the next attempt', async () => {
    const { world, head } = await aPullRequest();
    await block(world);
    world.github.trouble.set('createCheck', [new Failure('GITHUB_AMBIGUOUS', 'cut'), new Failure('GITHUB_AMBIGUOUS', 'cut')]);
    await world.evaluate(1);
    assert.ok(world.log.lines.some(({ message }) => message === 'blocked log not shown'));
    world.clock.advance(hour);
    await world.settle();
    assert.deepEqual(shown(world, head), [blocked]);
  });

  test('of a repository that was never judged is told under the default branch\'s name', async () => {
    const world = aGovernedWorld();
    world.github.branch('a', 'main');
    const head = world.github.commit('a', { 'contracts/checkout.yaml': aContract({ spec: '{limit: 2}' }) });
    world.github.openPull(1, 'a');
    await block(world);
    await world.evaluate(1);
    assert.deepEqual(shown(world, head), [blocked]);
  });
});
