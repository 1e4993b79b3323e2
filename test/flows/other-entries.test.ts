import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Failure } from '../../src/domain/failure.ts';
import { recordedReleases } from '../../src/flows/recorded-releases.ts';
import { recordPush } from '../../src/flows/record-push.ts';
import { aContract, aWorld, configuration } from './a-world.ts';
import { conclusionOf, judgedNext, pushed, rebase } from './pushed-world.ts';
import type { World } from './pushed-world.ts';

const governing = (more = '') => ({ '.github/plumbline.yml': configuration.replace('version: 1\n', `version: 1\nbranches:\n  - {entry: main, names: [main]}\n  - {entry: rel, names: ["rel/*"]}\n${more}`) });
const path = 'contracts/checkout.yaml';

/** Main and a branch of another entry, both recorded, and nothing released. */
async function aWorldOfTwo(): Promise<World> {
  const world = aWorld();
  world.github.commit('main', governing());
  world.github.branch('rel/1', 'main');
  for (const branch of ['main', 'rel/1']) await pushed(world, branch);
  return world;
}

/** A pull request that releases this: its head. */
function opened(world: World, number: number, baseBranch: string, files: Readonly<Record<string, string>>): string {
  world.github.branch(`topic/${number}`, baseBranch);
  const head = world.github.commit(`topic/${number}`, files);
  world.github.openPull(number, `topic/${number}`, { baseBranch });
  return head;
}

const gate = 'plumbline (rel) / contracts';

describe('one id and version in two branch entries', () => {
  test('attack: a version that main has released comes to a release branch with another content', async () => {
    const world = await aWorldOfTwo();
    world.github.commit('main', { [path]: aContract() });
    await pushed(world);
    const other = opened(world, 1, 'rel/1', { [path]: aContract({ spec: '{limit: 9}' }) });
    const same = opened(world, 2, 'rel/1', { [path]: aContract() });
    for (const number of [1, 2]) await world.evaluate(number);
    assert.deepEqual([conclusionOf(world, other, gate), conclusionOf(world, same, gate)], ['failure', 'success']);
    assert.match(world.github.check(gate, other)?.state.summary ?? '', /contract\/immutable_changed/);
  });

  test('attack: two pull requests release one version with different contents, and both are green: the second fails when the first is merged', async () => {
    const world = await aWorldOfTwo();
    const [first, second] = [opened(world, 1, 'main', { [path]: aContract() }), opened(world, 2, 'rel/1', { [path]: aContract({ spec: '{limit: 9}' }) })];
    for (const number of [1, 2]) await world.evaluate(number);
    assert.deepEqual([conclusionOf(world, first), conclusionOf(world, second, 'plumbline (rel)')], ['success', 'success']);
    world.github.branches.set('main', first);
    rebase(world, 1, { state: 'merged' });
    await pushed(world);
    assert.equal(conclusionOf(world, second, 'plumbline (rel)'), 'failure');
  });

  test('a push that releases nothing judges no pull request into another branch again', async () => {
    const world = await aWorldOfTwo();
    const head = opened(world, 1, 'rel/1', { [path]: aContract() });
    await world.evaluate(1);
    const runs = () => world.github.checks.filter((one) => one.head === head).length;
    const before = runs();
    world.github.commit('main', { 'README.md': 'more\n' });
    await pushed(world);
    assert.equal(runs(), before);
  });

  test('a push that releases something judges again who has to do with contracts, and no other pull request into another branch', async () => {
    const world = await aWorldOfTwo();
    for (const [number, files] of [[1, { [path]: aContract() }], [2, { 'README.md': 'more\n' }]] as const) {
      opened(world, number, 'rel/1', files);
      await world.evaluate(number);
    }
    world.github.commit('main', { [path]: aContract() });
    await recordPush(world.ports, { repository: world.github.ref, ref: 'refs/heads/main' });
    assert.deepEqual(await judgedNext(world), [1]);
  });
});

describe('branches that nobody has pushed to since they are governed', () => {
  test('attack: a version that such a branch of another entry has comes to main with another content', async () => {
    const world = aWorld();
    world.github.commit('main', { '.github/plumbline.yml': configuration });
    world.github.branch('rel/1', 'main');
    world.github.commit('rel/1', { [path]: aContract() });
    world.github.commit('main', governing());
    const [other, same] = [opened(world, 1, 'main', { [path]: aContract({ spec: '{limit: 9}' }) }), opened(world, 2, 'main', { [path]: aContract() })];
    for (const number of [1, 2]) await world.evaluate(number);
    assert.deepEqual([conclusionOf(world, other), conclusionOf(world, same)], ['failure', 'success']);
    assert.match(world.github.check('plumbline / contracts', other)?.state.summary ?? '', /contract\/immutable_changed/);
  });

  test('attack: an entry that is added later governs a branch that has the version already', async () => {
    const world = aWorld();
    world.github.commit('main', { '.github/plumbline.yml': configuration });
    world.github.branch('old', 'main');
    world.github.commit('old', { [path]: aContract() });
    await pushed(world);
    const head = opened(world, 1, 'main', { [path]: aContract({ spec: '{limit: 9}' }) });
    await world.evaluate(1);
    assert.equal(conclusionOf(world, head), 'success');
    world.github.commit('main', governing('  - {entry: old, names: [old]}\n'));
    rebase(world, 1);
    await pushed(world);
    assert.equal(conclusionOf(world, head), 'failure');
  });

  test('an entry whose branches do not exist keeps nobody waiting', async () => {
    const world = aWorld();
    world.github.commit('main', governing('  - {entry: none, names: ["none/*"]}\n'));
    const head = opened(world, 1, 'main', { [path]: aContract() });
    await world.evaluate(1);
    assert.equal(conclusionOf(world, head), 'success');
  });

  test('while branches can not be listed a release is inconclusive, and what releases nothing is judged', async () => {
    const world = aWorld();
    world.github.commit('main', governing());
    const [release, draft] = [opened(world, 1, 'main', { [path]: aContract() }), opened(world, 2, 'main', { [path]: aContract({ lifecycle: 'draft' }) })];
    world.github.trouble.set('branches', Array.from({ length: 9 }, () => new Failure('GITHUB_REFUSED', 'more than 100 pages')));
    for (const number of [1, 2]) await world.evaluate(number);
    world.clock.advance(61_000);
    await world.settle();
    assert.deepEqual([conclusionOf(world, release), conclusionOf(world, draft)], ['failure', 'success']);
    assert.match(world.github.check('plumbline / contracts', release)?.state.summary ?? '', /contract\/record_incomplete/);
  });

  test('once they can be listed, who waited for nothing else is judged', async () => {
    const world = aWorld();
    world.github.commit('main', governing());
    const head = opened(world, 1, 'main', { [path]: aContract() });
    world.github.trouble.set('branches', [new Failure('GITHUB_UNAVAILABLE', 'down')]);
    await world.evaluate(1);
    world.clock.advance(61_000);
    await world.settle();
    assert.match(world.github.check('plumbline / contracts', head)?.state.summary ?? '', /contract\/record_incomplete/);
    world.clock.advance(3_601_000);
    await world.settle();
    assert.equal(conclusionOf(world, head), 'success');
  });

  test('once they can be listed, a denial that waited for them too is judged, though its retries have ended', async () => {
    const world = aWorld();
    world.github.commit('main', { ...governing(), 'contracts/old.yaml': aContract({ contractId: 'old' }) });
    const head = opened(world, 1, 'main', { [path]: aContract(), 'contracts/old.yaml': aContract({ contractId: 'old', spec: '{limit: 9}' }) });
    world.github.trouble.set('branches', Array.from({ length: 99 }, () => new Failure('GITHUB_UNAVAILABLE', 'down')));
    await world.evaluate(1);
    const hours = async (count: number) => {
      for (let hour = 0; hour < count; hour += 1) {
        world.clock.advance(3_601_000);
        await world.settle();
      }
    };
    await hours(27);
    const told = () => world.github.check('plumbline / contracts', head)?.state.summary ?? '';
    assert.match(told(), /retries have ended.*contract\/immutable_changed.*contract\/record_incomplete/s);
    world.github.trouble.clear();
    await hours(2);
    assert.match(told(), /contract\/immutable_changed/);
    assert.doesNotMatch(told(), /contract\/record_incomplete|retries/);
  });

  test('where the default branch alone is governed, branches are not listed', async () => {
    const world = aWorld();
    world.github.commit('main', { '.github/plumbline.yml': configuration });
    world.github.trouble.set('branches', Array.from({ length: 9 }, () => new Failure('GITHUB_REFUSED', 'not to be asked')));
    const head = opened(world, 1, 'main', { [path]: aContract() });
    await world.evaluate(1);
    assert.deepEqual([conclusionOf(world, head), world.failures], ['success', []]);
  });
});

describe('several branches of one entry', () => {
  const filling = { kind: 'filling', done: 1, total: 9, upTo: null } as const;

  /** A pull request into `rel/1` that uses an id again which `rel/2` has had; the record of `rel/2` was just begun. */
  async function aReuse(): Promise<readonly [World, head: string]> {
    const world = await aWorldOfTwo();
    world.github.branch('rel/2', 'main');
    world.github.commit('rel/2', { [path]: aContract() });
    await world.store.transaction((transaction) => transaction.recordReleases(world.github.ref, [], { key: 'rel@rel/2', record: filling }));
    return [world, opened(world, 1, 'rel/1', { [path]: aContract({ contractVersion: '2.0.0' }) })];
  }

  test('attack: an id of another branch is used again while the record of that branch is being filled', async () => {
    const [world, head] = await aReuse();
    await world.evaluate(1);
    assert.equal(conclusionOf(world, head, gate), 'failure');
    assert.match(world.github.check(gate, head)?.state.summary ?? '', /contract\/id_reused/);
  });

  test('until every known branch of the entry is recorded its record is not whole', async () => {
    const [world] = await aReuse();
    const reader = recordedReleases(world.store, world.github.ref, { branch: 'rel/1', awaited: null });
    assert.deepEqual([await reader.recordState('rel'), (await recordedReleases(world.store, world.github.ref, { branch: 'main', awaited: null }).recordState('main')).kind], [filling, 'complete']);
    await pushed(world, 'rel/2');
    assert.deepEqual(await reader.recordState('rel'), { kind: 'complete', upTo: world.github.branches.get('rel/1') });
  });

  test('a branch that is deleted while its record is being filled keeps nobody waiting', async () => {
    const [world, head] = await aReuse();
    world.github.branches.delete('rel/2');
    await world.evaluate(1);
    assert.equal(conclusionOf(world, head, gate), 'success');
    assert.equal(await world.store.transaction((transaction) => transaction.recordState(100, 'rel@rel/2')), null);
  });

  test('nor does one that no entry, or another one, governs since', async () => {
    for (const more of ['  - {entry: second, names: ["rel/2"]}\n', '']) {
      const [world, head] = await aReuse();
      world.github.commit('main', { '.github/plumbline.yml': governing()['.github/plumbline.yml'].replace('  - {entry: rel, names: ["rel/*"]}\n', `${more}  - {entry: rel, names: [rel/1]}\n`) });
      await pushed(world);
      await world.evaluate(1);
      assert.equal(conclusionOf(world, head, gate), 'success');
      assert.equal(await world.store.transaction((transaction) => transaction.recordState(100, 'rel@rel/2')), null);
    }
  });
});
