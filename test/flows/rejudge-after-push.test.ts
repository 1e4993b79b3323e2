import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { aContract, aWorld } from './a-world.ts';
import { conclusionOf, pushed, versionsOf } from './pushed-world.ts';

describe('the configuration of the default branch', () => {
  const governing = (glob: string, names = '[main, dev]') => `version: 1\nbranches:\n  - {entry: all, names: ${names}, require: false}\ncontracts:\n  - {name: workspace, paths: ["${glob}/**/*.yaml"], signatures: optional}\n`;

  /** A pull request into `dev`, which has no configuration of its own. */
  async function aPullIntoDev(names?: string) {
    const world = aWorld();
    world.github.commit('main', { 'contracts/checkout.yaml': aContract() });
    world.github.branch('dev', 'main');
    world.github.commit('main', { '.github/plumbline.yml': governing('promises', names) });
    await pushed(world);
    await pushed(world, 'dev');
    world.github.branch('a', 'dev');
    const head = world.github.commit('a', { 'contracts/checkout.yaml': aContract({ spec: '{limit: 9}' }) });
    world.github.openPull(1, 'a', { baseBranch: 'dev' });
    await world.evaluate(1);
    return { world, head };
  }

  test('a push that changes it re-judges pull requests into every branch, against a record that covers what it covers now', async () => {
    const { world, head } = await aPullIntoDev();
    assert.equal(conclusionOf(world, head, 'plumbline (all)') ?? conclusionOf(world, head), 'success');
    world.github.commit('main', { '.github/plumbline.yml': governing('contracts') });
    await pushed(world);
    assert.deepEqual(await versionsOf(world, 'all'), [['checkout', '1.0.0', true]]);
    assert.equal(world.github.checks.findLast((one) => one.head === head)?.state.conclusion, 'failure');
    assert.match(world.github.checks.findLast((one) => one.head === head)?.state.summary ?? '', /immutable_changed/);
  });

  test('a push that changes it re-judges pull requests into other branches where it does not govern the default branch itself', async () => {
    const { world, head } = await aPullIntoDev('[dev]');
    world.github.commit('main', { '.github/plumbline.yml': governing('contracts', '[dev]') });
    await pushed(world);
    assert.match(world.github.checks.findLast((one) => one.head === head)?.state.summary ?? '', /immutable_changed/);
  });

  test('a push that leaves it alone re-judges no pull request into another branch', async () => {
    const { world, head } = await aPullIntoDev('[dev]');
    const runs = () => world.github.checks.filter((one) => one.head === head).length;
    const before = runs();
    world.github.commit('main', { 'README.md': 'more\n' });
    await pushed(world);
    assert.equal(runs(), before);
  });

  test('a repository that configures nothing keeps nothing about its pushes', async () => {
    const world = aWorld();
    world.github.commit('main', { 'README.md': 'x\n' });
    await pushed(world);
    assert.equal(await world.store.transaction((transaction) => transaction.recordState(100, '@main')), null);
  });
});
