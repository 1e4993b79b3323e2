import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { Client } from 'pg';
import type { Store } from '../../src/flows/ports/store.ts';
import { openStore } from '../../src/store/open-store.ts';
import { openEmbedded } from '../../src/store/embedded/open-embedded.ts';
import { sql } from 'kysely';
import { layEmptyStore, layStoreWithoutTables } from '../builders/empty-store.ts';
import { isFailure } from '../builders/is-failure.ts';
import { fakeClock } from '../fakes/fake-clock.ts';
import { fakeLog } from '../fakes/fake-log.ts';
import { aDraft, aJob, enqueue } from '../ports/store/suite.ts';
import { ownDatabase } from '../postgres/own-database.ts';
import { startHolder } from './embedded/start-holder.ts';

const clock = fakeClock();
const postgres = await ownDatabase();
const needsPostgres = typeof postgres === 'string' ? { skip: `NOT TESTED: ${postgres}` } : {};

function aDirectory(context: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), 'plumbline-store-'));
  context.after(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** Where a store was begun already: only the first test waits until one is made. */
async function aBegunDirectory(context: TestContext): Promise<string> {
  const directory = aDirectory(context);
  await layEmptyStore(directory);
  return directory;
}

function openIn(directory: string): Promise<Store> {
  return openStore({ databaseUrl: null, directory, log: fakeLog(), clock });
}

test('openStore() gives back after a restart what was kept before', async (context) => {
  const directory = aDirectory(context);
  await layStoreWithoutTables(directory);
  const first = await openIn(directory);
  await first.transaction((transaction) => transaction.append(aDraft(1)));
  await first.close();
  const second = await openIn(directory);
  assert.equal(await second.audit.size(1), 1);
  await second.close();
});

test('openStore() refuses a directory that this process has open', async (context) => {
  const directory = await aBegunDirectory(context);
  const first = await openIn(directory);
  await assert.rejects(openIn(directory), isFailure('STORE_LOCKED'));
  await first.close();
  await (await openIn(directory)).close();
});

test('openStore() after kill -9 loses nothing and takes the leases of the dead process back', async (context) => {
  const directory = await aBegunDirectory(context);
  const holder = await startHolder(context, directory, 'store');
  await holder.kill();
  const store = await openIn(directory);
  const [job] = await store.queue.lease({ owner: 'next', now: clock.now(), until: new Date(clock.now().getTime() + 1_000), limit: 10 });
  assert.deepEqual([await store.audit.size(5), job?.key, job?.attempt, job?.lostRuns], [1, 'leased-then-killed', 2, 1]);
  await store.close();
});

test('openStore() refuses a store that a newer version has migrated, and leaves it alone', async (context) => {
  const directory = await aBegunDirectory(context);
  const opened = await openEmbedded(directory);
  await sql`insert into plumbline_migrations (name, timestamp) values ('9999-future', '2030')`.execute(opened.database);
  await opened.database.destroy();
  await opened.release();
  await assert.rejects(openIn(directory), isFailure('STORE_INCONSISTENT', /9999-future.*newer version/));
  await assert.rejects(openIn(directory), isFailure('STORE_INCONSISTENT'), 'and the lock was given back');
});

test('openStore() refuses a directory that is a file', async (context) => {
  const path = join(aDirectory(context), 'file');
  writeFileSync(path, '');
  await assert.rejects(openIn(path), isFailure('STORE_UNAVAILABLE', /directory/));
});

test('openStore() refuses a database that does not answer', async () => {
  const unreachable = openStore({ databaseUrl: 'postgres://nobody@127.0.0.1:1/none', directory: '', log: fakeLog(), clock });
  await assert.rejects(unreachable, isFailure('STORE_UNAVAILABLE'));
});

test('openStore() of four replicas at once migrates an empty database once', needsPostgres, async () => {
  const stores = await Promise.all(Array.from({ length: 4 }, openShared));
  const [first, , , last] = stores;
  assert.ok(first && last);
  await enqueue(first, aJob({ key: 'shared' }));
  assert.equal((await last.queue.counts()).waiting, 1);
  await Promise.all(stores.map((store) => store.close()));
});

test('openStore() does not take leases from a living replica', needsPostgres, async () => {
  const [one, other] = [await openShared(), await openShared()];
  assert.ok(one && other);
  await enqueue(one, aJob({ key: 'held' }));
  await one.queue.lease({ owner: 'one', now: clock.now(), until: new Date(clock.now().getTime() + 60_000), limit: 10 });
  const third = await openShared();
  assert.deepEqual(await third.queue.lease({ owner: 'third', now: clock.now(), until: clock.now(), limit: 10 }), []);
  for (const store of [one, other, third]) await store.close();
});

test('a connection that is cut in the middle of a transaction fails that transaction, not the process', needsPostgres, async () => {
  const store = await openShared();
  const work = store.transaction(async (transaction) => {
    await transaction.append(aDraft(77));
    await cutConnections();
    await transaction.append(aDraft(78));
  });
  await assert.rejects(work, isFailure('STORE_UNAVAILABLE'));
  assert.equal(await store.audit.size(77), 0);
  await store.close();
});

function openShared(): Promise<Store> {
  assert.ok(typeof postgres !== 'string');
  return openStore({ databaseUrl: postgres.url, directory: '', log: fakeLog(), clock });
}

async function cutConnections(): Promise<void> {
  assert.ok(typeof postgres !== 'string');
  const client = new Client({ connectionString: postgres.url });
  await client.connect();
  await client.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'plumbline' and datname = current_database()");
  await client.end();
}
