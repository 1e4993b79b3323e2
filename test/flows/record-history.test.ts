import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { recordedReleases } from '../../src/flows/recorded-releases.ts';
import { aContract, aWorld, aGovernedWorld, configuration } from './a-world.ts';
import { pushed, released, versionsOf } from './pushed-world.ts';

describe('the record reads the configuration as the gates do', () => {
  test('a release under an invalid configuration is recorded when it is made, and not adopted after the repair', async () => {
    const world = aGovernedWorld();
    await pushed(world);
    world.github.commit('main', { '.github/plumbline.yml': 'version: [\n' });
    await pushed(world);
    world.github.commit('main', { 'contracts/checkout.yaml': aContract({ contractVersion: '9.0.0', spec: '{limit: 3}' }) });
    await pushed(world);
    const expected = [['checkout', '1.0.0', true], ['checkout', '9.0.0', false]];
    assert.deepEqual(await versionsOf(world), expected);
    world.github.commit('main', { '.github/plumbline.yml': configuration });
    await pushed(world);
    assert.deepEqual(await versionsOf(world), expected);
  });

  test('a branch without a configuration of its own is recorded under the one of the default branch', async () => {
    const world = aWorld();
    world.github.commit('main', { 'contracts/checkout.yaml': aContract() });
    world.github.branch('release/1', 'main');
    world.github.commit('main', { '.github/plumbline.yml': configuration.replace('version: 1\n', 'version: 1\nbranches:\n  - {entry: all, names: ["release/*"], require: false}\n') });
    await pushed(world, 'release/1');
    world.github.commit('release/1', released('two'));
    await pushed(world, 'release/1');
    assert.deepEqual(await versionsOf(world, 'all'), [['checkout', '1.0.0', true], ['two', '1.0.0', false]]);
  });

  test('what the organisation begins to cover after the record was filled is adopted, with the tip unchanged or moved', async () => {
    for (const isMoved of [false, true]) {
      const world = aWorld();
      world.github.commit('main', { '.github/plumbline.yml': 'version: 1\n', 'contracts/checkout.yaml': aContract() });
      await pushed(world);
      world.github.organization = { repository: { ...world.github.ref, id: 50, name: '.github' }, commit: world.github.branches.get('main') ?? '', bytes: new TextEncoder().encode(configuration) };
      if (isMoved) world.github.commit('main', released('two'));
      await pushed(world);
      assert.deepEqual(await versionsOf(world), isMoved ? [['checkout', '1.0.0', true], ['two', '1.0.0', false]] : [['checkout', '1.0.0', true]]);
    }
  });
});

describe('the record keeps how far a version came', () => {
  const path = 'contracts/checkout.yaml';
  const lifecycles = async (world: ReturnType<typeof aWorld>) => (await recordedReleases(world.store, world.github.ref, { branch: 'main', awaited: null }).releases('main', ['checkout'])).own.map((one) => one.lifecycle);
  const later = ['deprecated', 'retired', 'draft', 'active'].map((lifecycle) => ({ [path]: aContract({ lifecycle }) }));

  test('a version that was retired stays so in the record, however it is pushed afterwards', async () => {
    const world = aGovernedWorld();
    const seen = [];
    for (const files of [{}, ...later, { [path]: null }, { [path]: aContract() }]) {
      world.github.commit('main', files);
      await pushed(world);
      seen.push(...(await lifecycles(world)));
    }
    assert.deepEqual(seen, ['active', 'deprecated', 'retired', 'retired', 'retired', 'retired', 'retired']);
  });

  test('the backfill and a push of several commits find what stood only in between', async () => {
    for (const isBackfilled of [false, true]) {
      const world = aGovernedWorld();
      if (!isBackfilled) await pushed(world);
      for (const files of later) world.github.commit('main', files);
      await pushed(world);
      assert.deepEqual(await lifecycles(world), ['retired']);
    }
  });

  test('a retired contract that was removed is refused when a pull request brings it back as active', async () => {
    const world = aGovernedWorld();
    for (const files of [...later.slice(0, 2), { [path]: null }]) world.github.commit('main', files);
    await pushed(world);
    world.github.branch('a', 'main');
    const head = world.github.commit('a', { [path]: aContract() });
    world.github.openPull(1, 'a');
    await world.evaluate(1);
    assert.match(world.github.check('plumbline', head)?.state.summary ?? '', /contract\/lifecycle_forbidden/);
    assert.equal(world.github.check('plumbline', head)?.state.conclusion, 'failure');
  });
});
