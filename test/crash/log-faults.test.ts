import assert from 'node:assert/strict';
import { after, suite, test } from 'node:test';
import type { TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { sql } from 'kysely';
import { migrate } from '../../src/store/migrate.ts';
import { seededDraw } from '../github/hostile.ts';
import { startCommitProxy } from '../postgres/commit-proxy.ts';
import { freshDatabase } from '../postgres/fresh-database.ts';
import { startPostgres } from '../postgres/start-postgres.ts';
import type { TestPostgres } from '../postgres/start-postgres.ts';
import { openLogStore } from './log/open-log-store.ts';
import type { LogPlace, OpenLogStore } from './log/open-log-store.ts';
import { Witnesses } from './log/witnesses.ts';
import { startWriter } from './log/writer.ts';
import type { Writer, WriterOptions } from './log/writer.ts';

const isLong = process.env['PLUMBLINE_LONG'] === '1';
const restarts = isLong ? 90 : 3;
const cuts = isLong ? 1_000 : 10;
const pauses = isLong ? 20 : 1;
const seed = Number(process.env['PLUMBLINE_SEED'] ?? 20_261_127);
const accounts = [42, 43];
const hour = 3_600_000;

const postgres = await startPostgres();
if (typeof postgres === 'string') test('the audit log on a Postgres out of order', { skip: `NOT TESTED: ${postgres}` }, () => {});
else suite('the audit log of several replicas on a Postgres', () => faults(postgres));

function faults(server: TestPostgres): void {
  after(() => server.stop());

  test(`stands when Postgres, or a connection of it, is killed or stopped at once ${restarts} times in the middle of transactions`, { timeout: hour }, async (context) => {
    if (server.restart === null) return context.skip('NOT TESTED: the Postgres at PG_TEST_URL is not ours to kill');
    const { place, opened } = await aPlace(context, server);
    const witnesses = new Witnesses(accounts, ['STORE_UNAVAILABLE']);
    const writers = replicas(context, place, 3);
    const draw = seededDraw(seed);
    for (let round = 0; round < restarts; round += 1) {
      await progress(writers, 3);
      await wait(draw() * 100);
      if (round % 3 === 0) await killConnection(opened);
      else await server.restart(round % 3 === 1 ? 'SIGKILL' : 'SIGQUIT');
      await progress(writers, 1);
      for (const writer of writers) witnesses.hear(writer);
      await witnesses.look(opened);
    }
    await conclude(context, place, witnesses, writers);
  });

  test(`is appended to once by whoever gets no answer to a commit, ${cuts} times`, { timeout: hour }, async (context) => {
    const { place } = await aPlace(context, server);
    const proxy = await startCommitProxy(context, place.databaseUrl, seededDraw(seed), 0.2);
    const witnesses = new Witnesses(accounts, ['STORE_UNAVAILABLE']);
    const writers = replicas(context, { ...place, databaseUrl: proxy.url }, 2);
    const adopted = (): number => writers.flatMap(({ lines }) => lines.filter(({ kind }) => kind === 'adopted')).length;
    for (;;) {
      const { unanswered, unsent } = proxy.counts();
      // Among few, all of those without an answer may have been of checkpoints, which nobody adopts.
      if (unanswered >= cuts / 2 && unsent >= cuts / 2 && (adopted() > 0 || unanswered > 20 * cuts)) break;
      await progress(writers, 1);
    }
    proxy.rest();
    await progress(writers, 5);
    await conclude(context, place, witnesses, writers);
    context.diagnostic(`commits without an answer ${proxy.counts().unanswered}, never sent ${proxy.counts().unsent}, adopted ${adopted()}`);
    assert.ok(adopted() > 0);
  });

  test(`goes on without a replica that is paused in its transaction and loses its connection, ${pauses} times; that one tries anew`, { timeout: hour }, async (context) => {
    const { place, opened } = await aPlace(context, server);
    const witnesses = new Witnesses(accounts, ['STORE_UNAVAILABLE']);
    for (let round = 0; round < pauses; round += 1) {
      const paused = startWriter(context, { ...writing(place), lanes: 1, isHolding: true, sealEveryMs: hour });
      await paused.said('holding', 2);
      paused.signal('SIGSTOP');
      const others = replicas(context, place, 2);
      await Promise.all(others.map((writer) => writer.said('ready')));
      // As Postgres does by itself after a minute (idle_in_transaction_session_timeout), and a failover at once.
      await sql`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and state = 'idle in transaction'`.execute(opened.database);
      await progress(others, 5);
      const failures = failuresOf(paused);
      paused.signal('SIGCONT');
      await until(() => failuresOf(paused) > failures);
      await progress([paused], 2);
      await conclude(context, place, witnesses, [paused, ...others]);
    }
  });

  test('takes what a paused replica commits late for what it is: the next entry', async (context) => {
    const { place } = await aPlace(context, server);
    const witnesses = new Witnesses(accounts);
    const paused = startWriter(context, { ...writing(place), lanes: 1, isHolding: true, sealEveryMs: hour });
    await paused.said('holding', 2);
    paused.signal('SIGSTOP');
    const others = replicas(context, place, 1);
    await Promise.all(others.map((writer) => writer.said('ready')));
    await wait(300);
    paused.signal('SIGCONT');
    await progress([paused, ...others], 2);
    await conclude(context, place, witnesses, [paused, ...others]);
  });

  test('keeps its order when the clocks of its replicas are hours apart and jump back and forth', async (context) => {
    const { place, opened } = await aPlace(context, server);
    const witnesses = new Witnesses(accounts);
    for (const jumps of isLong ? [[0, 5, -5], [-24, 3, 0], [1, -24 * 400, 7]] : [[5, -5], [-24 * 400, 0]]) {
      const writers = jumps.map((hours) => startWriter(context, { ...writing(place), lanes: 2, pauseMs: 4, clockMs: hours * hour }));
      await progress(writers, 3);
      await Promise.all(writers.map((writer) => writer.kill()));
      for (const writer of writers) witnesses.hear(writer);
      await witnesses.look(opened);
    }
    await witnesses.assertWhole(context, place);
  });
}

async function aPlace(context: TestContext, { url }: TestPostgres): Promise<{ readonly place: LogPlace & { readonly databaseUrl: string }; readonly opened: OpenLogStore }> {
  const place = { databaseUrl: await freshDatabase(url), directory: '' };
  const opened = await openLogStore(place);
  context.after(() => opened.store.close());
  await migrate(opened.database);
  return { place, opened };
}

function writing(place: LogPlace): Pick<WriterOptions, 'place' | 'logs'> {
  return { place, logs: accounts.map((account) => ({ account, from: null })) };
}

function replicas(context: TestContext, place: LogPlace, count: number): readonly Writer[] {
  return Array.from({ length: count }, () => startWriter(context, { ...writing(place), lanes: 2, pauseMs: 4 }));
}

/** Each of them is told of so many appends more. */
async function progress(writers: readonly Writer[], appends: number): Promise<void> {
  const counted = (kind: string) => (writer: Writer) => writer.lines.filter((line) => line.kind === kind).length;
  const before = writers.map(counted('appended'));
  await Promise.all(writers.map((writer, index) => writer.said('appended', (before[index] ?? 0) + appends)));
}

function failuresOf(writer: Writer): number {
  return writer.lines.filter(({ kind }) => kind === 'failed').length;
}

async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await wait(10);
}

/** One that is in a transaction, as the kernel ends it when memory runs out: Postgres then ends all others too and starts over. */
async function killConnection({ database }: OpenLogStore): Promise<void> {
  const { rows } = await sql<{ readonly pid: number }>`select pid from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid() order by state = 'idle', pid limit 1`.execute(database);
  for (const { pid } of rows) process.kill(pid, 'SIGKILL');
}

async function conclude(context: TestContext, place: LogPlace, witnesses: Witnesses, writers: readonly Writer[]): Promise<void> {
  for (const writer of writers) {
    await writer.kill();
    witnesses.hear(writer);
  }
  await witnesses.assertWhole(context, place);
}
