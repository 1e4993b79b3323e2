import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../src/domain/finding.ts';
import { requiredGates } from '../../src/domain/gate-name.ts';
import { aContract, aWorld } from './a-world.ts';
import { pushed, rebase } from './pushed-world.ts';
import type { World } from './pushed-world.ts';

const configured = ['version: 1', 'contracts: [{name: all, paths: ["contracts/**"], signatures: optional}]', 'waivers: [waivers.json]', ''].join('\n');
const path = 'contracts/checkout.yaml';

/** Pull request 1 sets an end of a flag that is no day, which can be waived. */
async function aWaivableChange(): Promise<World> {
  const world = aWorld({}, requiredGates);
  const { github } = world;
  github.commit('main', { '.github/plumbline.yml': configured, [path]: aContract(), 'contracts/toy.yaml': aContract({ contractId: 'toy' }) });
  await pushed(world);
  github.branch('a', 'main');
  github.commit('a', { [path]: aContract({ emergencyFlags: '{budgetOverride: {until: never}}' }) });
  github.openPull(1, 'a');
  await world.evaluate(1);
  return world;
}

async function foundIn({ store }: World): Promise<Finding> {
  const record = await store.transaction((transaction) => transaction.newestDecision(100, 'pull-request:1'));
  const found = record?.decision.verdicts.flatMap(({ findings }) => findings).find(({ code }) => code === 'contract/schema_invalid');
  assert.ok(found);
  return found;
}

/** Whether the finding is waived once the base has such an entry of it. */
async function isWaivedBy(about: Readonly<Record<string, string>>): Promise<boolean> {
  const world = await aWaivableChange();
  const { fingerprint } = await foundIn(world);
  world.github.commit('main', { 'waivers.json': JSON.stringify({ version: 1, waivers: [{ code: 'contract/schema_invalid', fingerprint, ...about, owner: 'team:a', reason: 'known', grantedBy: 'mona', until: '2026-12-01' }] }) });
  rebase(world, 1);
  await world.evaluate(1);
  return (await foundIn(world)).waived;
}

test('a waiver silences a finding of the contract that it names', async () => {
  assert.deepEqual([await isWaivedBy({ contract: 'checkout' }), await isWaivedBy({ contract: 'checkout', path })], [true, true]);
});

test('attack: a waiver that names a harmless contract or path, and the fingerprint of another finding, silences nothing', async () => {
  for (const about of [{ contract: 'toy' }, { path: 'contracts/toy.yaml' }, { contract: 'toy', path }, { contract: 'checkout', path: 'contracts/toy.yaml' }]) assert.equal(await isWaivedBy(about), false, JSON.stringify(about));
});
