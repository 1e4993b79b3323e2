import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { verifyLog } from '../../src/audit/verify-log.ts';
import { readAuditLog } from '../../src/flows/read-audit-log.ts';
import { createSealer } from '../../src/flows/seal-checkpoint.ts';
import { migrate } from '../../src/store/migrate.ts';
import { aLogKey } from '../builders/a-log.ts';
import { layEmptyStore } from '../builders/empty-store.ts';
import { seededDraw } from '../github/hostile.ts';
import type { Draw } from '../github/hostile.ts';
import { ownDatabase } from '../postgres/own-database.ts';
import { LogWitness } from './log/log-witness.ts';
import { readSnapshot } from './log/log-snapshot.ts';
import { openLogStore } from './log/open-log-store.ts';
import type { LogPlace } from './log/open-log-store.ts';
import { startWriter } from './log/writer.ts';
import type { Writer } from './log/writer.ts';

const isLong = process.env['PLUMBLINE_LONG'] === '1';
const kills = isLong ? 1_000 : 4;
const killsOnPostgres = isLong ? 1_000 : 12;
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

/** One writer at a time; whoever is started next tells what the one before left. */
async function killOnEmbedded(context: TestContext, draw: Draw, count: number): Promise<void> {
  const directory = mkdtempSync(join(tmpdir(), 'plumbline-kills-'));
  context.after(() => rmSync(directory, { recursive: true, force: true }));
  await layEmptyStore(directory);
  const place = { databaseUrl: null, directory };
  const witnesses = accounts.map((account) => new LogWitness(account));
  for (let kill = 0; kill < count; kill += 1) {
    const writer = startWriter(context, { place, logs: logsOf(witnesses), lanes: 2 });
    // Every fourth while it starts, which is when the store mends what the last kill left.
    if (draw() < 0.25) await wait(draw() * 1_200);
    else await writer.said('ready').then(() => wait(draw() * 200));
    await writer.kill();
    hear(witnesses, writer);
  }
  const look = startWriter(context, { place, logs: logsOf(witnesses), lanes: 0, isLooking: true });
  assert.equal(await look.ended(), 0, look.errors());
  hear(witnesses, look);
  await assertWhole(context, place, witnesses);
}

/** Several replicas at once; each that was killed is followed by another one, and the store is looked at while the others go on. */
async function killOnPostgres(context: TestContext, place: LogPlace, draw: Draw): Promise<void> {
  const { store, database } = await openMigrated(place);
  context.after(() => store.close().catch(() => undefined));
  const witnesses = accounts.map((account) => new LogWitness(account));
  const start = (): Writer => startWriter(context, { place, logs: accounts.map((account) => ({ account, from: null })), lanes: 2, pauseMs: 4 });
  const writers = [start(), start(), start()];
  for (let kill = 0; kill < killsOnPostgres; kill += 1) {
    const at = Math.floor(draw() * writers.length);
    const writer = writers[at] ?? start();
    if (draw() < 0.9) await writer.said('ready').then(() => wait(draw() * 60));
    else await wait(draw() * 60);
    await writer.kill();
    writers[at] = start();
    hear(witnesses, writer);
    for (const witness of witnesses) witness.see(await readSnapshot(database, witness.account, witness.size));
    assertNoProblem(witnesses);
  }
  for (const writer of writers) {
    await writer.kill();
    hear(witnesses, writer);
  }
  await assertWhole(context, place, witnesses);
}

/** The tables are made before anybody writes: that many starts may do so at once is for the tests of the migrations. */
async function openMigrated(place: LogPlace): ReturnType<typeof openLogStore> {
  const opened = await openLogStore(place);
  await migrate(opened.database);
  return opened;
}

function logsOf(witnesses: readonly LogWitness[]): readonly { readonly account: number; readonly from: number }[] {
  return witnesses.map(({ account, size }) => ({ account, from: size }));
}

/** All that it was told first, then what it saw: it looked at the store before it wrote. */
function hear(witnesses: readonly LogWitness[], writer: Writer): void {
  for (const line of writer.lines) if (line.kind === 'snapshot') witnesses.find(({ account }) => account === line.snapshot.account)?.see(line.snapshot);
  for (const line of writer.lines) if ('account' in line) witnesses.find(({ account }) => account === line.account)?.hear(line);
  assert.deepEqual(writer.lines.filter(({ kind }) => kind === 'failed'), []);
  assert.equal(writer.errors(), '');
  assertNoProblem(witnesses);
}

function assertNoProblem(witnesses: readonly LogWitness[]): void {
  assert.deepEqual(witnesses.flatMap(({ problems }) => problems), []);
}

/** The next server goes on where they were killed. Then all is read anew and compared with everything that was ever seen, and the product's own verification agrees. */
async function assertWhole(context: TestContext, place: LogPlace, witnesses: readonly LogWitness[]): Promise<void> {
  const { store, database } = await openLogStore(place);
  try {
    for (const witness of witnesses) {
      await createSealer({ store, signer: aLogKey(), clock: { now: () => new Date() } }).seal(witness.account, { force: true });
      witness.see(await readSnapshot(database, witness.account, witness.size));
      witness.seeWhole(await readSnapshot(database, witness.account, 0));
      const { outcome, sealed, firstWrong } = await verifyLog(await readAuditLog(store.audit, witness.account, []), { keys: [{ kind: 'bare', publicKey: aLogKey().publicKey }], checkpoints: witness.notes() });
      assert.deepEqual({ outcome, firstWrong }, { outcome: 'verified', firstWrong: null });
      context.diagnostic(`account ${witness.account}: ${witness.size} entries, ${witness.acknowledged} acknowledged, ${witness.checkpoints} checkpoints, ${sealed} sealed`);
    }
  } finally {
    await store.close();
  }
  assertNoProblem(witnesses);
}
