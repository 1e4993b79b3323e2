import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
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
