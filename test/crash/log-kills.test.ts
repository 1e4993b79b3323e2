import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { migrate } from '../../src/store/migrate.ts';
import { layEmptyStore } from '../builders/empty-store.ts';
import { seededDraw } from '../github/hostile.ts';
import type { Draw } from '../github/hostile.ts';
import { ownDatabase } from '../postgres/own-database.ts';
import { openLogStore } from './log/open-log-store.ts';
import type { LogPlace } from './log/open-log-store.ts';
import { Witnesses } from './log/witnesses.ts';
import { startWriter } from './log/writer.ts';
import type { Writer } from './log/writer.ts';

const isLong = process.env['PLUMBLINE_LONG'] === '1';
const kills = isLong ? 1_000 : 3;
const killsOnPostgres = isLong ? 1_000 : 10;
const seed = Number(process.env['PLUMBLINE_SEED'] ?? 20_261_127);
const accounts = [42, 43];

test(`writers killed ${kills} times at any point leave no gap, no fork and no effect without its entry in the embedded store`, { timeout: 3_600_000 }, async (context) => {
  const stores = isLong ? 2 : 1;
  await Promise.all(Array.from({ length: stores }, (_, index) => killOnEmbedded(context, seededDraw(seed + index), kills / stores)));
});

test(`of writers on one Postgres ${killsOnPostgres} are killed at any point under load: no gap, no fork, no effect without its entry`, { timeout: 3_600_000 }, async (context) => {
  const postgres = await ownDatabase();
  if (typeof postgres === 'string') return context.skip(`NOT TESTED: ${postgres}`);
  await killOnPostgres(context, { databaseUrl: postgres.url, directory: '' }, seededDraw(seed));
});

/** One writer at a time; whoever is started next tells what the one before left. Without a pause no timer would fire, and none would seal: this store answers within the turn. */
async function killOnEmbedded(context: TestContext, draw: Draw, count: number): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'plumbline-kills-'));
  context.after(() => rmSync(directory, { recursive: true, force: true }));
  await layEmptyStore(directory);
  const place = { databaseUrl: null, directory };
  const witnesses = new Witnesses(accounts);
  for (let kill = 0; kill < count; kill += 1) {
    const writer = startWriter(context, { place, logs: witnesses.logs(), lanes: 2, pauseMs: 1, sealEveryMs: 5 });
    const life = draw();
    // Every sixth while it starts, which is when the store mends what the last kill left; every third around a checkpoint, so that there are some.
    if (life < 1 / 6) await wait(draw() * 1_200);
    else if (life < 1 / 2) await writer.said('sealed').then(() => wait(draw() * 60));
    else await writer.said('appended').then(() => wait(draw() * 400));
    await writer.kill();
    witnesses.hear(writer);
  }
  const look = startWriter(context, { place, logs: witnesses.logs(), lanes: 0, isLooking: true });
  assert.equal(await look.ended(), 0, look.errors());
  witnesses.hear(look);
  await witnesses.assertWhole(context, place);
}

/** Several replicas at once; each that was killed is followed by another one, and the store is looked at while the others go on. */
async function killOnPostgres(context: TestContext, place: LogPlace, draw: Draw): Promise<void> {
  const opened = await openLogStore(place);
  context.after(() => opened.store.close());
  await migrate(opened.database);
  // A busy machine may let a statement run out of time: it is refused then, and nothing of it may be seen.
  const witnesses = new Witnesses(accounts, ['STORE_UNAVAILABLE']);
  const start = (): Writer => startWriter(context, { place, logs: accounts.map((account) => ({ account, from: null })), lanes: 2, pauseMs: 4 });
  const writers = Array.from({ length: isLong ? 6 : 3 }, start);
  for (let kill = 0; kill < killsOnPostgres; kill += 1) {
    const at = Math.floor(draw() * writers.length);
    const writer = writers[at] ?? start();
    if (draw() < 0.9) await writer.said('appended').then(() => wait(draw() * 60));
    else await wait(draw() * 60);
    await writer.kill();
    writers[at] = start();
    witnesses.hear(writer);
    await witnesses.look(opened);
  }
  for (const writer of writers) {
    await writer.kill();
    witnesses.hear(writer);
  }
  await witnesses.assertWhole(context, place);
}
