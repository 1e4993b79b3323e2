import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Finding } from '../../src/domain/finding.ts';
import { requiredGates } from '../../src/domain/gate-name.ts';
import { markedSecret } from '../builders/marked-secrets.ts';
import { aContract, aWorld } from './a-world.ts';
import { pushed, rebase } from './pushed-world.ts';
import type { World } from './pushed-world.ts';

const configured = ['version: 1', 'contracts: [{name: all, paths: ["contracts/**"], signatures: optional}]', 'waivers: [waivers.json]', ''].join('\n');
const path = 'contracts/checkout.yaml';
/** An end of a flag that is no day. */
const wrongEnd = { [path]: aContract({ emergencyFlags: '{budgetOverride: {until: never}}' }) };
const invalid = 'contract/schema_invalid';
const keys = 'config/keys.env';
const secret = 'governance/secret_committed';

/** Pull request 1 with these files, judged. */
async function judged(files: Readonly<Record<string, string>>): Promise<World> {
  const world = aWorld({}, requiredGates);
  const { github } = world;
  github.commit('main', { '.github/plumbline.yml': configured, [path]: aContract(), 'contracts/toy.yaml': aContract({ contractId: 'toy' }) });
  await pushed(world);
  github.branch('a', 'main');
  await proposed(world, files);
  return world;
}

async function proposed(world: World, files: Readonly<Record<string, string>>): Promise<void> {
  world.github.commit('a', files);
  world.github.openPull(1, 'a');
  await world.evaluate(1);
}

async function foundIn({ store }: World, code: string): Promise<Finding> {
  const record = await store.transaction((transaction) => transaction.newestDecision(100, 'pull-request:1'));
  const found = record?.decision.verdicts.flatMap(({ findings }) => findings).find((one) => one.code === code);
  assert.ok(found);
  return found;
}

/** The base has an entry of the finding from now on, and the change is judged again. */
async function waive(world: World, code: string, about: Readonly<Record<string, string>>, until = '2026-12-01'): Promise<void> {
  const { fingerprint } = await foundIn(world, code);
  world.github.commit('main', { 'waivers.json': JSON.stringify({ version: 1, waivers: [{ code, fingerprint, ...about, owner: 'team:a', reason: 'known', grantedBy: 'mona', until }] }) });
  rebase(world, 1);
  await world.evaluate(1);
}

async function isWaivedBy(about: Readonly<Record<string, string>>): Promise<boolean> {
  const world = await judged(wrongEnd);
  await waive(world, invalid, about);
  return (await foundIn(world, invalid)).waived;
}

test('a waiver silences a finding of the contract that it names', async () => {
  assert.deepEqual([await isWaivedBy({ contract: 'checkout' }), await isWaivedBy({ contract: 'checkout', path })], [true, true]);
});

test('a finding is judged again at the moment from which on a waiver that ends too late yet ends soon enough', async () => {
  const validUntil = async ({ store }: World) => (await store.transaction((transaction) => transaction.newestDecision(100, 'pull-request:1')))?.decision.validUntil;
  const world = await judged(wrongEnd);
  assert.equal(await validUntil(world), null);
  await waive(world, invalid, { path: 'contracts/toy.yaml' }, '2027-02-25');
  assert.equal(await validUntil(world), null);
  await waive(world, invalid, { path }, '2027-02-25');
  assert.deepEqual([await validUntil(world), (await foundIn(world, invalid)).waived], ['2026-11-27T00:00:00.000Z', false]);
  world.clock.set('2026-11-27T00:00:00.000Z');
  await world.evaluate(1);
  assert.equal((await foundIn(world, invalid)).waived, true);
});

test('attack: a waiver that names a harmless contract or path, and the fingerprint of another finding, silences nothing', async () => {
  for (const about of [{ contract: 'toy' }, { path: 'contracts/toy.yaml' }, { contract: 'toy', path }, { contract: 'checkout', path: 'contracts/toy.yaml' }]) assert.equal(await isWaivedBy(about), false, JSON.stringify(about));
});

test('a waiver of the secrets of a file lasts as long as the file stays as it was looked at', async () => {
  const world = await judged({ [keys]: `A=${markedSecret}-of-a-test\n` });
  await waive(world, secret, { path: keys });
  await proposed(world, { 'README.md': 'more\n' });
  assert.equal((await foundIn(world, secret)).waived, true);
});

test('attack: a waiver of a test key does not silence a real one of its kind that takes its place', async () => {
  const world = await judged({ [keys]: `A=${markedSecret}-of-a-test\n` });
  await waive(world, secret, { path: keys });
  await proposed(world, { [keys]: `A=${markedSecret}-of-production\n` });
  assert.equal((await foundIn(world, secret)).waived, false);
});
