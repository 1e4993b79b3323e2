import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Failure } from '../../src/domain/failure.ts';
import { aContract, aGovernedWorld, aWorld, configuration } from './a-world.ts';
import { landedOf, conclusionOf, pushed, released, versionsOf } from './pushed-world.ts';
import type { World } from './pushed-world.ts';

const second = 1_000;
const two = (limit: number) => released('two', { spec: `{limit: ${limit}}` });

/** As on a server: GitHub is given half a minute. */
async function aWaitingWorld(files: Readonly<Record<string, string>> = {}): Promise<World> {
  const world = aWorld();
  world.github.commit('main', { '.github/plumbline.yml': `${configuration}keys: [".plumbline/keys.jwks.json"]\n`, 'contracts/checkout.yaml': aContract(), ...files });
  await pushed(world);
  Object.assign(world.ports, { settlingMs: 30 * second });
  return world;
}

async function later(world: World, seconds: number): Promise<void> {
  world.clock.advance(seconds * second);
  await world.settle();
}

/** GitHub knows now. */
function named(world: World, number: number, commits: readonly string[]): void {
  for (const commit of commits) world.github.broughtBy.set(commit, [number]);
  world.github.openPull(number, 'main', { state: 'merged', head: commits.at(-1) ?? '', mergeCommit: commits.at(-1) ?? null });
}

/** Contract id and content of everything that was not adopted. */
async function contentsOf(world: World): Promise<readonly unknown[]> {
  const releases = await world.store.transaction((transaction) => transaction.allReleases(100, 'main'));
  return releases.filter((one) => !one.adopted).map((one) => [one.contractId, one.commit]);
}

describe('a governed commit that GitHub names no pull request for', () => {
  test('attack: is not recorded as its own release before GitHub has had the time to name one', async () => {
    for (const isOpen of [false, true]) {
      const world = await aWaitingWorld();
      const [middle, last] = [world.github.commit('main', two(666)), world.github.commit('main', two(2))];
      if (isOpen) named(world, 1, [middle, last]);
      if (isOpen) world.github.openPull(1, 'main', { state: 'open', head: last });
      await pushed(world);
      assert.deepEqual([world.failures, await contentsOf(world)], [[], []]);
      named(world, 1, [middle, last]);
      await later(world, 5);
      assert.deepEqual(await contentsOf(world), [['two', last]]);
    }
  });

  test('is looked at again after five seconds and at the end of the half minute, then recorded by itself', async () => {
    const world = await aWaitingWorld();
    const commit = world.github.commit('main', two(2));
    const looks = () => world.github.calls.filter((call) => call === 'pullRequestsOf').length;
    await pushed(world);
    world.clock.advance(4 * second);
    await pushed(world);
    assert.equal(looks(), 1);
    await later(world, 1);
    assert.equal(looks(), 2);
    await later(world, 24);
    assert.deepEqual([looks(), await contentsOf(world)], [2, []]);
    await later(world, 1);
    assert.deepEqual([looks(), await contentsOf(world), await landedOf(world), world.failures], [3, [['two', commit]], [['push', 'governance/bypassed']], []]);
  });

  test('attack: is recorded in time however often the branch is pushed to, governed or not, and by whichever process', async () => {
    const world = await aWaitingWorld();
    world.github.commit('main', two(2));
    await pushed(world);
    for (let push = 1; push <= 12; push += 1) {
      world.clock.advance(5 * second);
      world.github.commit('main', { 'bot.txt': `${push}\n`, ...released('bot', { contractVersion: `1.${push}.0` }) });
      await pushed(world);
    }
    assert.deepEqual((await versionsOf(world)).slice(0, 3), [['checkout', '1.0.0', true], ['two', '1.0.0', false], ['bot', '1.1.0', false]]);
    assert.deepEqual(world.failures, []);
  });

  test('attack: a green pull request that it makes wrong is judged again within the half minute', async () => {
    const world = await aWaitingWorld();
    world.github.branch('a', 'main');
    const head = world.github.commit('a', two(1));
    world.github.openPull(1, 'a');
    await world.evaluate(1);
    assert.equal(conclusionOf(world, head), 'success');
    for (let push = 0; push < 3; push += 1) {
      world.github.commit('main', push === 0 ? two(666) : released('bot', { contractVersion: `1.${push}.0` }));
      await pushed(world);
      world.github.openPull(1, 'a', { base: world.github.branches.get('main') ?? '' });
      world.clock.advance(15 * second);
    }
    await world.settle();
    assert.equal(conclusionOf(world, head), null);
    await later(world, 30);
    assert.equal(conclusionOf(world, head), 'failure');
  });

  test('waits for all at once, also where more came than are described or history was rewritten from its root', async () => {
    const world = await aWaitingWorld();
    for (let count = 0; count < 510; count += 1) world.github.commit('main', { 'contracts/two.yaml': aContract({ contractId: 'two', contractVersion: `1.${count}.0` }) });
    await pushed(world);
    await later(world, 30);
    assert.equal((await contentsOf(world)).length, 510);
    const old = world.github.branches.get('main') ?? '';
    world.github.commit('main', { '.github/plumbline.yml': configuration, 'contracts/checkout.yaml': aContract(), 'contracts/three.yaml': aContract({ contractId: 'three' }) }, []);
    await pushed(world);
    await later(world, 30);
    assert.notEqual(old, world.github.branches.get('main'));
    assert.deepEqual((await versionsOf(world)).at(-1), ['three', '1.0.0', true]);
  });

  test('is any that changes what the configuration reads to decide, and one that changes nothing governed is not waited for', async () => {
    const world = await aWaitingWorld({ '.plumbline/keys.jwks.json': '{"keys": []}' });
    const commit = world.github.commit('main', { '.plumbline/keys.jwks.json': '{"keys":[]}' });
    await pushed(world);
    assert.deepEqual(await landedOf(world), []);
    named(world, 1, [commit]);
    await later(world, 5);
    world.github.commit('main', { 'README.md': 'more\n' });
    await pushed(world);
    assert.deepEqual(await landedOf(world), [['pull-request:1', 'governance/bypassed'], ['push', 'governance/bypassed']]);
  });

  test('is also one that was judged itself, or that a pull request into another branch brought', async () => {
    const world = await aWaitingWorld();
    world.github.branch('a', 'main');
    const head = world.github.commit('a', two(2));
    world.github.openPull(1, 'a');
    await world.evaluate(1);
    world.github.branches.set('main', head);
    const promoted = world.github.commit('main', released('three'));
    world.github.broughtBy.set(promoted, [2]);
    world.github.openPull(2, 'main', { state: 'merged', baseBranch: 'develop', head: promoted, mergeCommit: promoted });
    await pushed(world);
    assert.deepEqual(await landedOf(world), []);
    named(world, 1, [head]);
    await later(world, 30);
    assert.deepEqual(await landedOf(world), [['pull-request:1', 'allowed'], ['push', 'governance/bypassed']]);
  });

  test('attack: leaves its trace although the branch is forced back before the half minute is over', async () => {
    const world = await aWaitingWorld();
    const before = world.github.branches.get('main') ?? '';
    world.github.branch('a', 'main');
    const head = world.github.commit('a', two(1));
    world.github.openPull(1, 'a');
    for (const limit of [666, 667]) {
      world.github.commit('main', two(limit), [before]);
      await pushed(world);
    }
    world.github.branches.set('main', before);
    await pushed(world);
    await world.evaluate(1);
    assert.equal(conclusionOf(world, head), 'failure');
    assert.deepEqual((await landedOf(world)).length, 4);
    assert.equal((await contentsOf(world)).length, 1);
    assert.deepEqual(await world.store.transaction((transaction) => transaction.recordState(100, 'main@main')), { kind: 'complete', upTo: before });
  });

  test('attack: leaves its trace although it came on top of another and only it was forced away', async () => {
    const world = await aWaitingWorld();
    const harmless = world.github.commit('main', released('three'));
    await pushed(world);
    world.github.commit('main', two(666));
    await pushed(world);
    world.github.commit('main', { 'README.md': 'on\n' }, [harmless]);
    await pushed(world);
    await later(world, 60);
    assert.deepEqual((await versionsOf(world)).map(String), ['checkout,1.0.0,true', 'three,1.0.0,false', 'two,1.0.0,false']);
  });

  test('attack: counts for who is judged before the job that finds it forced away', async () => {
    const world = await aWaitingWorld();
    const before = world.github.branches.get('main') ?? '';
    world.github.branch('a', 'main');
    const head = world.github.commit('a', two(1));
    world.github.openPull(1, 'a');
    world.github.commit('main', two(666));
    await pushed(world);
    world.github.branches.set('main', before);
    await world.evaluate(1);
    assert.notEqual(conclusionOf(world, head), 'success');
    await later(world, 60);
    assert.equal(conclusionOf(world, head), 'failure');
  });

  test('attack: on another branch of the entry is waited for too', async () => {
    const world = await aWaitingWorld({ '.github/plumbline.yml': configuration.replace('version: 1\n', 'version: 1\nbranches: [{entry: main, names: [main, dev]}]\n') });
    world.github.branch('dev', 'main');
    await pushed(world, 'dev');
    world.github.branch('a', 'main');
    const head = world.github.commit('a', two(1));
    world.github.openPull(1, 'a');
    world.github.commit('dev', two(666));
    await pushed(world, 'dev');
    await world.evaluate(1);
    assert.equal(conclusionOf(world, head), null);
    await later(world, 30);
    assert.equal(conclusionOf(world, head), 'failure');
  });

  test('keeps nobody waiting once its branch belongs to another entry', async () => {
    const entries = (name: string) => configuration.replace('version: 1\n', `version: 1\nbranches: [{entry: main, names: [main]}, {entry: ${name}, names: [dev]}]\n`);
    const world = await aWaitingWorld({ '.github/plumbline.yml': entries('dev') });
    world.github.branch('dev', 'main');
    await pushed(world, 'dev');
    world.github.commit('dev', two(666));
    await pushed(world, 'dev');
    for (const branch of ['main', 'dev']) world.github.commit(branch, { '.github/plumbline.yml': entries('lts') });
    for (const branch of ['main', 'dev']) await pushed(world, branch);
    await later(world, 60);
    const states = await world.store.transaction((transaction) => transaction.recordStates(100));
    assert.deepEqual(states.filter(({ state }) => state.kind !== 'complete' || state.waits !== undefined), []);
  });

  test('attack: is recorded although its branch is deleted meanwhile', async () => {
    const world = await aWaitingWorld({ '.github/plumbline.yml': configuration.replace('version: 1\n', 'version: 1\nbranches: [{entry: main, names: [main, dev]}]\n') });
    world.github.branch('dev', 'main');
    await pushed(world, 'dev');
    world.github.commit('dev', two(666));
    await pushed(world, 'dev');
    world.github.branches.delete('dev');
    await pushed(world, 'dev');
    assert.deepEqual((await versionsOf(world)).at(-1), ['two', '1.0.0', false]);
  });

  test('attack: a configuration that it had only meanwhile does not become the newest valid one', async () => {
    const world = await aWaitingWorld();
    world.github.commit('main', { '.github/plumbline.yml': `${configuration}rules: {"*": observe}\n` });
    await pushed(world);
    world.github.commit('main', { '.github/plumbline.yml': configuration });
    await pushed(world);
    world.github.commit('main', { '.github/plumbline.yml': 'version: [\n' });
    await pushed(world);
    await later(world, 60);
    await later(world, 60);
    world.github.branch('a', 'main');
    const head = world.github.commit('a', { 'contracts/checkout.yaml': aContract({ spec: '{limit: 9}' }) });
    world.github.openPull(1, 'a');
    await world.evaluate(1);
    await later(world, 60);
    assert.equal(conclusionOf(world, head), 'failure');
  });

  test('is recorded as far as can be told where it was forced away and GitHub has it no more', async () => {
    const world = await aWaitingWorld();
    const before = world.github.branches.get('main') ?? '';
    const gone = world.github.commit('main', two(666));
    await pushed(world);
    world.github.branches.set('main', before);
    const whole = { ...world.github.repository };
    const unless = <Value>(commit: string, value: () => Promise<Value>) => (commit === gone ? Promise.reject(new Failure('SNAPSHOT_UNREADABLE', 'gone')) : value());
    Object.assign(world.github.repository, { history: (commit: string, page: { limit: number }) => unless(commit, () => whole.history(commit, page)), tree: (commit: string) => unless(commit, () => whole.tree(commit)) });
    await pushed(world);
    assert.deepEqual([world.failures, await world.store.transaction((transaction) => transaction.recordState(100, 'main@main'))], [[], { kind: 'complete', upTo: before }]);
    assert.ok(world.log.lines.some(({ message }) => message === 'what stood on a branch can not be recorded'));
  });

  test('attack: fails its job where what is still on the branch can not be read, and is not dropped as gone', async () => {
    const world = await aWaitingWorld();
    const commit = world.github.commit('main', two(2));
    await pushed(world);
    const whole = { ...world.github.repository };
    Object.assign(world.github.repository, { tree: async (sha: string) => ({ ...(await whole.tree(sha)), complete: sha !== commit }) });
    await later(world, 30);
    assert.ok(world.failures.some(({ code }) => code === 'SNAPSHOT_UNREADABLE'));
    const state = await world.store.transaction((transaction) => transaction.recordState(100, 'main@main'));
    assert.ok(state?.kind === 'complete' && state.upTo !== commit && state.waits !== undefined);
  });

  test('that comes while an earlier one is waited for has a half minute of its own, also after a time without a server', async () => {
    for (const seconds of [29, 300]) {
      const world = await aWaitingWorld();
      const first = world.github.commit('main', released('three'));
      await pushed(world);
      world.clock.advance(seconds * second);
      const [middle, last] = [world.github.commit('main', two(666)), world.github.commit('main', two(2))];
      await pushed(world);
      await later(world, 1);
      assert.deepEqual(await contentsOf(world), [['three', first]]);
      named(world, 1, [middle, last]);
      await later(world, 30);
      assert.deepEqual(await contentsOf(world), [['three', first], ['two', last]]);
    }
  });

  test('may be among more than are described or looked at: then what they change is not asked', async () => {
    for (const [count, isWaited] of [[50, false], [51, true]] as const) {
      const world = await aWaitingWorld();
      for (let place = 0; place < count; place += 1) world.github.commit('main', { 'bot.txt': `${place}\n` });
      await pushed(world);
      assert.equal((await landedOf(world)).length, isWaited ? 0 : count);
    }
    const world = await aWaitingWorld();
    const commits = Array.from({ length: 501 }, (_, place) => world.github.commit('main', place === 0 ? two(2) : { 'bot.txt': `${place}\n` }));
    named(world, 1, commits.slice(1));
    await pushed(world);
    assert.deepEqual(await contentsOf(world), []);
    await later(world, 30);
    assert.deepEqual(await contentsOf(world), [['two', commits[0]]]);
  });

  test('is waited for anew after the wait of an earlier one', async () => {
    const world = await aWaitingWorld();
    for (const [index, id] of ['two', 'three'].entries()) {
      world.github.commit('main', released(id));
      await pushed(world);
      assert.equal((await contentsOf(world)).length, index);
      await later(world, 30);
      assert.equal((await contentsOf(world)).length, index + 1);
    }
  });

  test('is not waited for longer where the clock was put back', async () => {
    const world = await aWaitingWorld();
    world.github.commit('main', two(2));
    world.clock.advance(3_600 * second);
    await pushed(world);
    world.clock.advance(-3_600 * second);
    for (const seconds of [0, 15, 15]) {
      world.clock.advance(seconds * second);
      await pushed(world);
    }
    assert.equal((await contentsOf(world)).length, 1);
  });

  test('is not a failure of the job, whose waits would grow', async () => {
    const world = aGovernedWorld();
    await pushed(world);
    Object.assign(world.ports, { settlingMs: 30 * second });
    world.github.commit('main', two(2));
    await pushed(world);
    const [job] = await world.store.queue.lease({ owner: 'test', now: new Date(world.clock.now().getTime() + 5 * second), until: new Date(world.clock.now().getTime() + 60 * second), limit: 1 });
    assert.deepEqual([job?.kind, job?.attempt], ['record-push', 1]);
  });
});
