import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detachConfiguration } from '../../src/flows/detach-configuration.ts';
import { evaluateGroupJob } from '../../src/flows/job-requests.ts';
import type { Store } from '../../src/flows/ports/store.ts';
import { seeConfiguration } from '../../src/flows/see-configuration.ts';
import { aCommandWorld } from './a-command-world.ts';
import { configuration } from './a-world.ts';
import { pushed, rebase } from './pushed-world.ts';

const later = `${configuration}governance: {approvals: {tier2: {count: 2, from: ["user:alice"]}}}\n`;
const held = { scope: 'workflow.change', name: 'workflow.change ci', binding: `sha256:${'7'.repeat(64)}`, from: 'tier2', count: 1, approvedBy: [], waits: true } as const;
const path = '.github/plumbline.yml';

/** The newest decision about pull request 1 is of a base with an older configuration than the one that stands on main by now, and was seen there. */
async function aMovedWorld() {
  const world = await aCommandWorld();
  await world.evaluate(1);
  world.github.commit('main', { [path]: later });
  rebase(world, 1);
  await pushed(world);
  await world.decide({ base: world.base, held: [held] });
  return {
    ...world,
    seen: async () => (await world.store.transaction((transaction) => transaction.seenConfiguration(1, 100)))?.text ?? null,
    sightings: async () => (await world.auditEvents()).filter((event) => event === 'config.seen').length,
  };
}

test('what is valid at the tip of the default branch is remembered, each version once', async () => {
  const world = await aMovedWorld();
  await world.evaluate(1);
  assert.deepEqual([await world.seen(), await world.sightings()], [later, 2]);
});

test('what two jobs see at once is told once', async () => {
  const world = await aMovedWorld();
  const blind: Store = {
    ...world.ports.store,
    transaction: (work) => world.ports.store.transaction((transaction) => work({ ...transaction, seenConfiguration: async () => null })),
  };
  const github = world.ports.github.repository(world.github.ref);
  await seeConfiguration({ ...world.ports, store: blind }, { repository: world.github.ref, github, tip: world.github.branches.get('main') ?? '', branch: 'main', defaultBranch: 'main' });
  assert.equal(await world.sightings(), 2);
});

test('attack: explaining a closed pull request rewinds nothing that was seen since', async () => {
  const world = await aMovedWorld();
  rebase(world, 1, { state: 'closed' });
  assert.match(await world.type('/plumbline explain contract/immutable_changed'), /Where it comes from/);
  assert.deepEqual([await world.seen(), await world.sightings()], [later, 2]);
});

test('attack: explaining a pull request brings no detached configuration back', async () => {
  const world = await aMovedWorld();
  world.github.commit('main', { [path]: null });
  await detachConfiguration(world.store, { account: 1, repository: { id: 100, name: 'acme/shop' }, by: 'olga' });
  await world.type('/plumbline explain contract/immutable_changed');
  assert.equal(await world.seen(), null);
});

test('a vote on what was judged at an older base sees nothing there', async () => {
  const world = await aMovedWorld();
  world.github.admins.add('olga');
  assert.match(await world.type(`/plumbline approve all ${world.head.slice(0, 12)}`, { author: { login: 'olga', id: 30, type: 'User' } }), /approved/);
  assert.deepEqual([await world.seen(), await world.sightings()], [later, 2]);
});

test('a merge group upon another one, which is on no branch yet, sees nothing there', async () => {
  const world = await aMovedWorld();
  world.github.branch('queue', 'main');
  const base = world.github.commit('queue', { [path]: configuration });
  const head = world.github.commit('queue', { 'a.txt': 'a' });
  await world.enqueue(evaluateGroupJob(world.github.ref, { headSha: head, headRef: 'refs/heads/gh-readonly-queue/main/pr-1', baseSha: base, baseRef: 'refs/heads/main' }));
  await world.settle();
  assert.notEqual(world.github.check('plumbline', head), undefined);
  assert.deepEqual([await world.seen(), await world.sightings()], [later, 2]);
});
