import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ensureRecord } from '../../src/flows/ensure-record.ts';
import type { FlowPorts } from '../../src/flows/flow-ports.ts';
import { lookedUpKey } from '../../src/flows/known-records.ts';
import { forgetUnfinished, lookUpBranches } from '../../src/flows/look-up-branches.ts';
import type { StoreTransaction } from '../../src/flows/ports/store.ts';
import { recordPush } from '../../src/flows/record-push.ts';
import { aContract, aWorld, configuration } from './a-world.ts';
import { judgedNext } from './pushed-world.ts';
import type { World } from './pushed-world.ts';

const main = { entry: 'main', names: ['main'], require: false, isDefault: true };
const rel = { entry: 'rel', names: ['rel/*'], require: false, isDefault: false };
const governance = { branches: [main, rel], defaultBranch: 'main' };
const key = 'rel@rel/1';

function aWorldOfTwo(): World {
  const world = aWorld();
  world.github.commit('main', { '.github/plumbline.yml': configuration.replace('version: 1\n', 'version: 1\nbranches:\n  - {entry: main, names: [main]}\n  - {entry: rel, names: ["rel/*"]}\n') });
  world.github.branch('rel/1', 'main');
  world.github.commit('rel/1', { 'contracts/checkout.yaml': aContract() });
  return world;
}

/**
 * Something else is kept while the first transaction that has to do with the record waits for it, or else between what it reads
 * and what it writes: as on a shared store, what it has read by then is as it was before.
 */
function meanwhile(world: World, other: () => Promise<void>): FlowPorts {
  const waiting = new Error('waits');
  let isOver = false;
  const stop = () => Promise.reject(waiting);
  const transaction: FlowPorts['store']['transaction'] = async (work) => {
    if (isOver) return world.store.transaction(work);
    const [states, all]: [Awaited<ReturnType<StoreTransaction['recordState']>>[], Awaited<ReturnType<StoreTransaction['recordStates']>>[]] = [[], []];
    const seen = <Read>(list: Read[], read: Read): Read => (list.push(read), read);
    const first = (kept: StoreTransaction): StoreTransaction => ({ ...kept, holdRecord: stop, recordReleases: stop, forgetRecord: stop, recordState: async (...asked) => seen(states, await kept.recordState(...asked)), recordStates: async (id) => seen(all, await kept.recordStates(id)) });
    const then = (kept: StoreTransaction): StoreTransaction => ({ ...kept, recordState: async (...asked) => (states.length > 0 ? (states.shift() ?? null) : kept.recordState(...asked)), recordStates: async (id) => all.shift() ?? kept.recordStates(id) });
    try {
      return await world.store.transaction((kept) => work(first(kept)));
    } catch (thrown) {
      if (thrown !== waiting) throw thrown;
    }
    isOver = true;
    await other();
    return world.store.transaction((kept) => work(then(kept)));
  };
  return { ...world.ports, store: { ...world.store, transaction } };
}

const stateOf = (world: World, of: string) => world.store.transaction((transaction) => transaction.recordState(100, of));
const recorded = (world: World) => recordPush(world.ports, { repository: world.github.ref, ref: 'refs/heads/rel/1' });
const lookUp = (world: World, ports = world.ports) => lookUpBranches(ports, world.github.repository, world.github.ref, governance);

describe('looking up branches beside the jobs that record them', () => {
  test('attack: a branch that is recorded while branches are looked up is not begun again: its next push would tell nothing', async () => {
    const world = aWorldOfTwo();
    await lookUp(world, meanwhile(world, () => recorded(world)));
    assert.deepEqual([(await stateOf(world, key))?.kind, (await stateOf(world, lookedUpKey))?.kind], ['complete', 'complete']);
  });

  test('a record that is ended while it is to be forgotten stands', async () => {
    const world = aWorldOfTwo();
    await world.store.transaction((transaction) => transaction.recordReleases(world.github.ref, [], { key, record: { kind: 'filling', done: 0, total: null, upTo: null } }));
    await forgetUnfinished(meanwhile(world, () => recorded(world)), world.github.ref, 'rel/1', null);
    assert.equal((await stateOf(world, key))?.kind, 'complete');
  });

  test('whoever asks for branches that are looked up meanwhile does not ask again, and waits for those that were found', async () => {
    const world = aWorldOfTwo();
    await recorded(world);
    world.github.branch('rel/2', 'main');
    const isWhole = await ensureRecord(meanwhile(world, () => lookUp(world)), world.github.ref, { ...governance, entry: rel, branch: 'rel/1', tip: world.github.branches.get('rel/1') ?? '' });
    assert.deepEqual([(await stateOf(world, lookedUpKey))?.kind, isWhole], ['complete', false]);
  });

  test('a record that is whole does not count before branches of entries that are new were looked up', async () => {
    const world = aWorldOfTwo();
    await recorded(world);
    await recordPush(world.ports, { repository: world.github.ref, ref: 'refs/heads/main' });
    const asked = { ...governance, entry: main, branch: 'main', tip: world.github.branches.get('main') ?? '' };
    assert.equal(await ensureRecord(world.ports, world.github.ref, asked), true);
    assert.equal(await ensureRecord(world.ports, world.github.ref, { ...asked, branches: [main, { ...rel, names: ['rel/*', 'lts/*'] }] }), false);
  });

  test('a pull request that asks for them while they are looked up is judged', async () => {
    const world = aWorldOfTwo();
    world.github.branch('a', 'main');
    const facts = world.github.openPull(1, 'a');
    await world.store.transaction((transaction) => transaction.savePullRequest({ repository: world.github.ref, facts, authorCanWrite: true }));
    await lookUp(world, meanwhile(world, async () => void (await ensureRecord(world.ports, world.github.ref, { ...governance, entry: main, branch: 'main', tip: world.github.branches.get('main') ?? '' }))));
    assert.deepEqual(await judgedNext(world), [1]);
  });
});
