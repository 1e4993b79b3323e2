import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Failure } from '../../src/domain/failure.ts';
import { evaluateGroupJob } from '../../src/flows/job-requests.ts';
import { recordPush } from '../../src/flows/record-push.ts';
import { aContract, aGovernedWorld } from './a-world.ts';
import { conclusionOf, entriesOf, pushed, rebase, released } from './pushed-world.ts';
import type { World } from './pushed-world.ts';

const minute = 60_000;

/** A version that came to main and left it again before anybody recorded it, while the record can not be brought up; the head takes the same version for another content. */
async function aWorldBehind(): Promise<{ readonly world: World; readonly head: string }> {
  const world = aGovernedWorld();
  await pushed(world);
  world.github.commit('main', released('two', { spec: '{limit: 666}' }));
  world.github.commit('main', { 'contracts/two.yaml': null });
  world.github.trouble.set('pullRequestsOf', Array.from({ length: 9 }, () => new Failure('GITHUB_UNAVAILABLE', 'down')));
  world.github.branch('a', 'main');
  const head = world.github.commit('a', released('two'));
  world.github.openPull(1, 'a');
  return { world, head };
}

async function later(world: World, ms: number): Promise<void> {
  world.clock.advance(ms);
  await world.settle();
}

describe('a record that ends before the tip of its branch', () => {
  test('attack: passes no version that was released since, however long it stays so', async () => {
    const { world, head } = await aWorldBehind();
    await world.evaluate(1);
    assert.equal(conclusionOf(world, head), null);
    for (const _look of [1, 2, 3, 4]) await later(world, 15_000);
    assert.equal(conclusionOf(world, head), 'failure');
    assert.match(world.github.check('plumbline / contracts', head)?.state.summary ?? '', /The record of released contracts is of [0-9a-f]{12}, and the branch stands at [0-9a-f]{12}/);
  });

  test('is brought up by who asks for it, and then the version is refused', async () => {
    const { world, head } = await aWorldBehind();
    world.github.trouble.clear();
    await world.evaluate(1);
    assert.equal(conclusionOf(world, head), 'failure');
    assert.match(world.github.check('plumbline / contracts', head)?.state.summary ?? '', /contract\/immutable_changed/);
  });

  test('is looked at again before the minute is over, and who was told that it is behind is judged again with the next push', async () => {
    const { world, head } = await aWorldBehind();
    await world.evaluate(1);
    await later(world, minute);
    assert.equal(conclusionOf(world, head), 'failure');
    world.github.trouble.clear();
    world.github.commit('main', { 'README.md': 'on\n' });
    rebase(world, 1);
    await pushed(world);
    assert.match(world.github.check('plumbline / contracts', head)?.state.summary ?? '', /contract\/immutable_changed/);
  });

  test('is looked at again for who is denied for something else as well', async () => {
    const { world } = await aWorldBehind();
    const head = world.github.commit('a', { 'contracts/checkout.yaml': aContract({ spec: '{limit: 9}' }) });
    world.github.openPull(1, 'a');
    await world.evaluate(1);
    await later(world, minute);
    const told = () => world.github.check('plumbline / contracts', head)?.state.summary ?? '';
    assert.match(told(), /contracts\/checkout\.yaml.*contract\/record_incomplete/s);
    world.github.trouble.clear();
    world.github.commit('main', { 'README.md': 'on\n' });
    rebase(world, 1);
    await pushed(world);
    assert.match(told(), /contracts\/checkout\.yaml.*contracts\/two\.yaml/s);
    assert.doesNotMatch(told(), /contract\/record_incomplete/);
  });

  test('is none that has gone on past the tip that was read', async () => {
    const world = aGovernedWorld();
    await pushed(world);
    world.github.branch('a', 'main');
    const head = world.github.commit('a', released('two'));
    world.github.openPull(1, 'a');
    const whole = { ...world.github.repository };
    let hasMoved = false;
    Object.assign(world.github.repository, {
      mergeBase: async (...asked: readonly [string, string]) => {
        if (!hasMoved) {
          hasMoved = true;
          world.github.commit('main', { 'README.md': 'on\n' });
          rebase(world, 1);
          await recordPush(world.ports, { repository: world.github.ref, ref: 'refs/heads/main' });
        }
        return whole.mergeBase(...asked);
      },
    });
    await world.evaluate(1);
    const outcomes = (await entriesOf(world)).filter(({ subject }) => subject === 'pull-request:1').map(({ outcome }) => outcome);
    assert.deepEqual([hasMoved, conclusionOf(world, head), outcomes], [true, 'success', ['allow', 'allow']]);
  });

  test('is asked for by nobody for a merge group whose branch is gone', async () => {
    const world = aGovernedWorld();
    await pushed(world);
    const baseSha = world.github.branches.get('main') ?? '';
    world.github.branches.delete('main');
    await world.enqueue(evaluateGroupJob(world.github.ref, { headSha: baseSha, headRef: 'refs/heads/gh-readonly-queue/main/pr-1', baseSha, baseRef: 'refs/heads/main' }));
    await world.settle();
    assert.deepEqual([world.failures, conclusionOf(world, baseSha)], [[], undefined]);
  });

  test('keeps a merge group waiting, which is judged by the tip of the branch and not by the group before it', async () => {
    const world = aGovernedWorld();
    await pushed(world);
    const tip = world.github.branches.get('main') ?? '';
    world.github.branch('before', 'main');
    const base = world.github.commit('before', { 'README.md': 'before\n' });
    const member = world.github.commit('before', { 'README.md': 'member\n' });
    world.github.branch('a', 'before');
    world.github.openPull(1, 'a');
    const group = (baseSha: string) => evaluateGroupJob(world.github.ref, { headSha: member, headRef: 'refs/heads/gh-readonly-queue/main/pr-1', baseSha, baseRef: 'refs/heads/main' });
    await world.enqueue(group(base));
    await world.settle();
    assert.equal(conclusionOf(world, member), 'success');
    world.github.branches.set('main', base);
    world.github.branch('b', 'before');
    const head = world.github.commit('b', { 'README.md': 'second\n' });
    world.github.openPull(2, 'b');
    world.github.trouble.set('pullRequestsOf', [new Failure('GITHUB_UNAVAILABLE', 'down')]);
    await world.enqueue({ ...group(base), payload: { ...group(base).payload, headSha: head } });
    await world.settle();
    assert.deepEqual([conclusionOf(world, head), world.github.branches.get('main') === tip], [null, false]);
    await pushed(world);
    await later(world, 15_000);
    assert.equal(conclusionOf(world, head), 'success');
  });
});
