import assert from 'node:assert/strict';
import { test } from 'node:test';
import { digestOfValue } from '../../src/domain/digest.ts';
import { aContract, aGovernedWorld } from './a-world.ts';
import { conclusionOf, pushed, rebase, versionsOf } from './pushed-world.ts';
import type { World } from './pushed-world.ts';

const path = 'contracts/checkout.yaml';
const first = digestOfValue({ contractId: 'checkout', contractVersion: '1.0.0', previousContractRef: null, spec: { limit: 1 } });
const bump = aContract({ contractVersion: '1.1.0', previousContractRef: first, spec: '{limit: 2}' });
const other = aContract({ contractVersion: '1.2.0', previousContractRef: first, spec: '{limit: 3}' });

/** The finding codes that the newest roll-up of a head names. */
function codesAt(world: World, head: string): readonly string[] {
  const summary = world.github.check('plumbline', head)?.state.summary ?? '';
  return [...new Set([...summary.matchAll(/(?:contract|snapshot)\/[a-z_]+/g)].map(([code]) => code))].toSorted();
}

test('attack: two open pull requests extend one parent, and the second fails when the first is merged, at the base or updated', async () => {
  const world = aGovernedWorld();
  await pushed(world);
  const heads = [bump, other].map((text, index) => {
    world.github.branch(`p${index}`, 'main');
    const head = world.github.commit(`p${index}`, { [path]: text });
    world.github.openPull(index + 1, `p${index}`);
    return head;
  });
  const [mine = '', theirs = ''] = heads;
  await world.evaluate(1);
  await world.evaluate(2);
  assert.deepEqual([conclusionOf(world, mine), conclusionOf(world, theirs)], ['success', 'success']);
  world.github.broughtBy.set(world.github.commit('main', { [path]: bump }), [1]);
  rebase(world, 1, { state: 'merged' });
  rebase(world, 2);
  await pushed(world);
  assert.deepEqual([conclusionOf(world, theirs), codesAt(world, theirs)], ['failure', ['contract/fork', 'snapshot/update_branch']]);
  const updated = world.github.commit('p1', { [path]: other }, [theirs, world.github.branches.get('main') ?? '']);
  world.github.openPull(2, 'p1');
  await world.evaluate(2);
  assert.deepEqual([conclusionOf(world, updated), codesAt(world, updated)], ['failure', ['contract/fork']]);
});

test('attack: a force-push of main that takes a release away frees neither its version nor its parent', async () => {
  const world = aGovernedWorld();
  await pushed(world);
  const adopted = world.github.branches.get('main') ?? '';
  world.github.commit('main', { [path]: bump });
  await pushed(world);
  world.github.branches.set('main', adopted);
  await pushed(world);
  assert.deepEqual((await versionsOf(world)).length, 2);
  const cases = [
    [other, 'contract/fork'],
    [aContract({ contractVersion: '1.1.0', previousContractRef: first, spec: '{limit: 9}' }), 'contract/immutable_changed'],
  ] as const;
  for (const [index, [text, code]] of cases.entries()) {
    world.github.branch(`f${index}`, 'main');
    const head = world.github.commit(`f${index}`, { [path]: text });
    world.github.openPull(10 + index, `f${index}`);
    await world.evaluate(10 + index);
    assert.deepEqual([conclusionOf(world, head), codesAt(world, head)], ['failure', ['contract/base_diverged', code]]);
  }
});

test('attack: a force-push of main that rewrites a release is found against the record, and only its restoration passes', async () => {
  const world = aGovernedWorld();
  await pushed(world);
  const root = world.github.branches.get('main') ?? '';
  world.github.commit('main', { 'README.md': 'rewritten\n', [path]: aContract({ spec: '{limit: 9}' }) }, [root]);
  await pushed(world);
  for (const [number, text, expected] of [
    [1, aContract({ contractVersion: '1.1.0', previousContractRef: first, spec: '{limit: 9}' }), 'failure'],
    [2, aContract(), 'success'],
  ] as const) {
    world.github.branch(`r${number}`, 'main');
    const head = world.github.commit(`r${number}`, { [path]: text });
    world.github.openPull(number, `r${number}`);
    await world.evaluate(number);
    assert.deepEqual([conclusionOf(world, head), codesAt(world, head)], [expected, expected === 'success' ? [] : ['contract/base_diverged']]);
  }
});

test('attack: a force-push of a pull request to another head is judged anew, and the older decision says nothing about it', async () => {
  const world = aGovernedWorld();
  await pushed(world);
  world.github.branch('a', 'main');
  world.github.commit('a', { [path]: bump });
  world.github.openPull(1, 'a');
  await world.evaluate(1);
  world.github.branch('a', 'main');
  const forced = world.github.commit('a', { [path]: aContract({ spec: '{limit: 9}' }) });
  world.github.openPull(1, 'a');
  await world.evaluate(1);
  assert.deepEqual([conclusionOf(world, forced), codesAt(world, forced)], ['failure', ['contract/immutable_changed']]);
});
