import assert from 'node:assert/strict';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { Failure } from '../../src/domain/failure.ts';
import { lookUpBranches } from '../../src/flows/look-up-branches.ts';
import { recordPush } from '../../src/flows/record-push.ts';
import type { FlowPorts } from '../../src/flows/flow-ports.ts';
import type { Store } from '../../src/flows/ports/store.ts';
import { openStore } from '../../src/store/open-store.ts';
import { mainEntry } from '../builders/a-configuration.ts';
import { layEmptyStore } from '../builders/empty-store.ts';
import { aTemporaryDirectory } from '../builders/temporary-directory.ts';
import { ownDatabase } from '../postgres/own-database.ts';
import { fakeLog } from '../fakes/fake-log.ts';
import { memoryStore } from '../fakes/memory-store.ts';
import { aContract, aGovernedWorld } from '../flows/a-world.ts';
import { released } from '../flows/pushed-world.ts';

type World = ReturnType<typeof aGovernedWorld>;

/** Ten commits on main: each but every third one releases a version of one contract or changes a state. */
function aLongHistory(): World {
  const world = aGovernedWorld();
  for (let minor = 1; minor < 8; minor += 1) world.github.commit('main', minor % 3 === 0 ? { 'README.md': `${minor}\n` } : { 'contracts/checkout.yaml': aContract({ contractVersion: `1.${minor}.0`, spec: `{limit: ${minor}}` }), ...released(`c${minor}`) });
  world.github.commit('main', released('c1', { emergencyFlags: '{halted: true}' }));
  world.github.commit('main', released('c2', { lifecycle: 'retired' }));
  return world;
}

/** The machine goes down at the so-manieth transaction, while it runs or right after it was kept. */
function downAt(store: Store, count: number, when: 'during' | 'after'): FlowPorts['store'] {
  let left = count;
  const down = () => new Failure('STORE_UNAVAILABLE', 'the machine went down');
  return {
    ...store,
    async transaction(work) {
      left -= 1;
      if (left < 0) throw down();
      const result = await store.transaction(async (transaction) => {
        const done = await work(transaction);
        if (left === 0 && when === 'during') throw down();
        return done;
      });
      if (left === 0) throw down();
      return result;
    },
  };
}

/** Releases, states, and what the log says of them, without times and nonces. */
async function keptIn(store: Store, accountId: number): Promise<unknown> {
  const releases = await store.transaction((transaction) => transaction.allReleases(100, 'main'));
  const state = await store.transaction((transaction) => transaction.recordState(100, 'main@main'));
  const entries = (await store.audit.entries(accountId, 0, 1_000)).map((entry) => JSON.parse(new TextDecoder().decode(entry.leaf))).filter(({ event }) => event.startsWith('release.'));
  const snapshots = await store.audit.snapshots(accountId, releases.map((release) => release.contentHash));
  return { releases, state, log: entries.map(({ event, subject, before, after, links }) => ({ event, subject, before, after, links })), snapshots: snapshots.length };
}

async function recorded(world: World, open: () => Promise<Store>, interrupt: ((store: Store) => FlowPorts['store']) | null): Promise<unknown> {
  const store = await open();
  try {
    const push = { repository: world.github.ref, ref: 'refs/heads/main' };
    if (interrupt !== null) await assert.rejects(recordPush({ ...world.ports, store: interrupt(store) }, push), { code: 'STORE_UNAVAILABLE' });
    await recordPush({ ...world.ports, store }, push);
    return await keptIn(store, world.github.ref.account.id);
  } finally {
    await store.close();
  }
}

const postgres = await ownDatabase();
const clock = { now: () => new Date('2026-11-20T12:00:00Z') };
const shared = ({ url }: { readonly url: string }): Promise<Store> => openStore({ databaseUrl: url, directory: '', log: fakeLog(), clock });

const most = process.env['PLUMBLINE_LONG'] === '1' ? 12 : 1;

test('a backfill that is cut off at any transaction and runs again keeps the same releases, entries and snapshots, each once', async (context) => {
  const { path, remove } = aTemporaryDirectory();
  context.after(remove);
  const embedded = async (): Promise<Store> => {
    const directory = mkdtempSync(join(path, 'store-'));
    await layEmptyStore(directory);
    return openStore({ databaseUrl: null, directory, log: fakeLog(), clock });
  };
  const world = aLongHistory();
  const whole = await recorded(world, async () => memoryStore({ clock }), null);
  for (let count = 0; count < most; count += 1) {
    const [at, when] = [count + 4, count % 2 === 0 ? 'after' : 'during'] as const;
    assert.deepEqual(await recorded(world, embedded, (store) => downAt(store, at, when)), whole, `cut off ${when} transaction ${at}`);
  }
  if (typeof postgres === 'string') return;
  assert.deepEqual(await recorded(world, () => shared(postgres), (store) => downAt(store, 6, 'during')), whole);
});

test('a branch that is recorded while branches are looked up stays recorded in the shared store', { skip: typeof postgres === 'string' }, async () => {
  assert.ok(typeof postgres !== 'string');
  const world = aGovernedWorld();
  world.github.branch('rel/1', 'main');
  const store = await shared(postgres);
  const { ref, repository } = world.github;
  const [isHeld, isWritten] = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
  const watched: FlowPorts['store'] = { ...store, transaction: (work) => store.transaction((transaction) => work({ ...transaction, recordReleases: (...kept) => (isWritten.resolve(undefined), transaction.recordReleases(...kept)) })) };
  try {
    const recording = store.transaction(async (transaction) => {
      await transaction.holdRecord(ref.id, 'rel@rel/1');
      await transaction.recordReleases(ref, [], { key: 'rel@rel/1', record: { kind: 'complete', upTo: 'a' } });
      isHeld.resolve(undefined);
      // Whoever waits for the record writes nothing until this has ended.
      await Promise.race([isWritten.promise, wait(300)]);
    });
    await isHeld.promise;
    await lookUpBranches({ ...world.ports, store: watched }, repository, ref, { branches: [mainEntry, { ...mainEntry, entry: 'rel', names: ['rel/*'], isDefault: false }], defaultBranch: 'main' });
    await recording;
    assert.deepEqual(await store.transaction((transaction) => transaction.recordState(ref.id, 'rel@rel/1')), { kind: 'complete', upTo: 'a' });
  } finally {
    await store.close();
  }
});

test('the shared store was tried too', { skip: typeof postgres === 'string' ? `NOT TESTED: ${postgres}` : false }, () => {});
