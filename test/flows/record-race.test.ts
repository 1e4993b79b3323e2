import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { recordPush } from '../../src/flows/record-push.ts';
import type { FlowPorts } from '../../src/flows/flow-ports.ts';
import { aContract, aWorld, configuration } from './a-world.ts';
import { entriesOf, pushed } from './pushed-world.ts';
import type { World } from './pushed-world.ts';

/** Two branches of one entry. */
function aWorldOfTwo(): World {
  const world = aWorld();
  world.github.commit('main', { '.github/plumbline.yml': configuration.replace('version: 1\n', 'version: 1\nbranches:\n  - {entry: rel, names: ["rel/*"], require: false}\n') });
  for (const branch of ['rel/1', 'rel/2']) world.github.branch(branch, 'main');
  return world;
}

/** Something else happens right before the first transaction that keeps what was recorded. */
function meanwhile(world: World, other: () => Promise<void>): FlowPorts {
  let isFirst = true;
  const store: FlowPorts['store'] = {
    ...world.store,
    async transaction(work) {
      let isKeeping = false;
      const watched = () =>
        world.store.transaction(async (transaction) => {
          const result = await work({
            ...transaction,
            async recordReleases(...input) {
              isKeeping = true;
              if (isFirst) throw new RangeError('not yet');
              return transaction.recordReleases(...input);
            },
          });
          return result;
        });
      try {
        return await watched();
      } catch (thrown) {
        if (!isKeeping || !isFirst) throw thrown;
      }
      isFirst = false;
      await other();
      return watched();
    },
  };
  return { ...world.ports, store };
}

const recorded = (world: World, branch: string, ports = world.ports) => recordPush(ports, { repository: world.github.ref, ref: `refs/heads/${branch}` });

/** What the log tells of releases beside what the record has, each as version and content hash. */
async function toldAndKept(world: World): Promise<readonly [told: readonly unknown[], kept: readonly unknown[]]> {
  const told = (await entriesOf(world)).filter(({ event }) => event === 'release.recorded' || event === 'release.adopted').map(({ subject, after }) => [subject, after]);
  const releases = await world.store.transaction((transaction) => transaction.allReleases(100, 'rel'));
  return [told, releases.map((one) => [`contract:${one.contractId}@${one.version}`, one.contentHash])];
}

describe('two runs that record at once', () => {
  test('attack: two branches of one entry release one version with different contents at once: the log tells the one that the record has', async () => {
    const world = aWorldOfTwo();
    for (const branch of ['rel/1', 'rel/2']) await pushed(world, branch);
    world.github.commit('rel/1', { 'contracts/checkout.yaml': aContract() });
    world.github.commit('rel/2', { 'contracts/checkout.yaml': aContract({ spec: '{limit: 9}' }), 'contracts/two.yaml': aContract({ contractId: 'two' }) });
    await recorded(world, 'rel/2', meanwhile(world, () => recorded(world, 'rel/1')));
    const [told, kept] = await toldAndKept(world);
    assert.equal(kept.length, 2);
    assert.deepEqual(told, kept);
  });

  test('attack: one version written as 1.0.0 and as v1.0.0 on two branches at once is recorded once', async () => {
    const world = aWorldOfTwo();
    for (const branch of ['rel/1', 'rel/2']) await pushed(world, branch);
    world.github.commit('rel/1', { 'contracts/checkout.yaml': aContract() });
    world.github.commit('rel/2', { 'contracts/checkout.yaml': aContract({ contractVersion: 'v1.0.0' }) });
    await recorded(world, 'rel/2', meanwhile(world, () => recorded(world, 'rel/1')));
    const [told, kept] = await toldAndKept(world);
    assert.equal(kept.length, 1);
    assert.deepEqual(told, kept);
  });

  test('a run whose lease lapsed, and the one that took its place, tell a push and a backfill once', async () => {
    for (const isBackfill of [true, false]) {
      const world = aWorldOfTwo();
      if (!isBackfill) await pushed(world, 'rel/1');
      world.github.commit('rel/1', { 'contracts/checkout.yaml': aContract() });
      world.github.commit('rel/1', { 'contracts/checkout.yaml': aContract({ emergencyFlags: '{halted: true}' }) });
      await recorded(world, 'rel/1', meanwhile(world, () => recorded(world, 'rel/1')));
      const events = (await world.auditEvents()).filter((event) => event !== 'config.seen').toSorted();
      assert.deepEqual(events, [...(isBackfill ? [] : ['change.merged', 'change.merged']), 'release.recorded', 'release.state_changed']);
    }
  });

  test('attack: what another branch has recorded with another content meanwhile does not reach the later state of this one', async () => {
    const world = aWorldOfTwo();
    for (const branch of ['rel/1', 'rel/2']) await pushed(world, branch);
    world.github.commit('rel/1', { 'contracts/checkout.yaml': aContract() });
    for (const lifecycle of ['active', 'retired']) world.github.commit('rel/2', { 'contracts/checkout.yaml': aContract({ spec: '{limit: 9}', lifecycle }) });
    await recorded(world, 'rel/2', meanwhile(world, () => recorded(world, 'rel/1')));
    const releases = await world.store.transaction((transaction) => transaction.allReleases(100, 'rel'));
    assert.deepEqual(releases.map((one) => [one.version, one.lifecycle]), [['1.0.0', 'active']]);
  });

  test('attack: two branches of one entry give one versioned schema path different contents at once: the path has the first one', async () => {
    const world = aWorldOfTwo();
    const at = 'schemas/name/v1.json';
    world.github.commit('main', { '.github/plumbline.yml': 'version: 1\nbranches:\n  - {entry: rel, names: ["rel/*"], require: false}\nschemas: [{paths: ["schemas/**/*.json"], layout: versioned}]\n' });
    for (const branch of ['rel/3', 'rel/4']) {
      world.github.branch(branch, 'main');
      await pushed(world, branch);
    }
    world.github.commit('rel/3', { [at]: '{"maxLength":9}' });
    world.github.commit('rel/4', { [at]: '{"maxLength":5}', 'schemas/name/v2.json': '{"maxLength":7}' });
    await recorded(world, 'rel/4', meanwhile(world, () => recorded(world, 'rel/3')));
    const versions = await world.store.transaction((transaction) => transaction.allSchemaVersions(100, 'rel'));
    const tips = new Map(['rel/3', 'rel/4'].map((branch) => [world.github.branches.get(branch), branch]));
    assert.deepEqual(versions.map(({ path, commit }) => [path, tips.get(commit)]), [[at, 'rel/3'], ['schemas/name/v2.json', 'rel/4']]);
  });

  test('a run that another one of its branch outruns each time is left to a later one, and keeps nothing', async () => {
    const world = aWorldOfTwo();
    await pushed(world, 'rel/1');
    world.github.commit('rel/1', { 'contracts/two.yaml': aContract({ contractId: 'two' }) });
    let versions = 0;
    const store: FlowPorts['store'] = {
      ...world.store,
      async transaction(work) {
        const result = await world.store.transaction(work);
        versions += 1;
        world.github.commit('rel/1', { 'contracts/checkout.yaml': aContract({ contractVersion: `1.${versions}.0` }) });
        await recorded(world, 'rel/1');
        return result;
      },
    };
    await assert.rejects(recorded(world, 'rel/1', { ...world.ports, store }), { code: 'STORE_UNAVAILABLE' });
    const [told, kept] = await toldAndKept(world);
    assert.deepEqual(told, kept);
  });
});
