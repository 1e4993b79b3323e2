import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, rmdirSync, statfsSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import { setTimeout as wait } from 'node:timers/promises';
import { Failure } from '../../src/domain/failure.ts';
import type { AuditEntry } from '../../src/audit/entry.ts';
import { migrate } from '../../src/store/migrate.ts';
import { layEmptyStore } from '../builders/empty-store.ts';
import { aFittingDraft } from '../builders/fitting-drafts.ts';
import { freshDatabase } from '../postgres/fresh-database.ts';
import { startPostgres } from '../postgres/start-postgres.ts';
import { openLogStore } from './log/open-log-store.ts';
import type { LogPlace, OpenLogStore } from './log/open-log-store.ts';
import { Witnesses } from './log/witnesses.ts';

const mebibyte = 1024 * 1024;
const account = 42;

/** What is left of the disk: too little for the next page of a table, or enough for pages and too little for the next segment of the write-ahead log, at which Postgres gives up. */
const rooms = [{ left: 0.3 * mebibyte, what: 'tables can not grow' }, { left: 14 * mebibyte, what: 'the write-ahead log can not grow' }] as const;

const isLong = process.env['PLUMBLINE_LONG'] === '1';

for (const { left, what } of isLong ? rooms : rooms.slice(0, 1)) {
  test(`a full disk, where ${what}, stops appending to the embedded store and effects with it, until there is room`, async (context) => {
    const disk = mountDisk(context, 120);
    if (disk === null) return context.skip('NOT TESTED: this user may mount no file system');
    const place = { databaseUrl: null, directory: join(disk, 'data') };
    await layEmptyStore(place.directory);
    await fillAndGoOn(context, { place, disk, left, revive: async () => undefined });
  });

}

for (const { left, what } of isLong ? rooms : rooms.slice(1)) {
  test(`a full disk, where ${what}, stops appending to Postgres and effects with it, until there is room`, async (context) => {
    const disk = mountDisk(context, 160);
    if (disk === null) return context.skip('NOT TESTED: this user may mount no file system');
    chmodSync(disk, 0o777);
    const postgres = await startPostgres({ parent: disk, settings: ['min_wal_size=32MB', 'max_wal_size=64MB', 'autovacuum=off'] });
    if (typeof postgres === 'string' || postgres.restart === null) return context.skip(`NOT TESTED: ${typeof postgres === 'string' ? postgres : 'the Postgres at PG_TEST_URL has no disk of ours'}`);
    context.after(() => postgres.stop());
    const place = { databaseUrl: await freshDatabase(postgres.url), directory: '' };
    // Where its log can not grow Postgres stops for good: whoever runs it starts it again.
    await fillAndGoOn(context, { place, disk, left, revive: async () => postgres.restart?.('SIGQUIT') });
  });
}

interface Filling {
  readonly place: LogPlace;
  readonly disk: string;
  /** Bytes. */
  readonly left: number;
  readonly revive: () => Promise<void>;
}

async function fillAndGoOn(context: TestContext, { place, disk, left, revive }: Filling): Promise<void> {
  const opened = await openLogStore(place);
  context.after(() => opened.store.close());
  await migrate(opened.database);
  const witnesses = new Witnesses([account]);
  await append(opened, 0);
  const { bavail, bsize } = statfsSync(disk);
  writeFileSync(join(disk, 'ballast'), Buffer.alloc(bavail * bsize - left));
  const { appended, failure } = await appendUntilRefused(opened);
  context.diagnostic(`${appended} appends, then ${failure.message}`);
  assert.equal(failure.code, 'STORE_UNAVAILABLE');
  for (let time = 0; time < 3; time += 1) await assert.rejects(append(opened, 100_000 + time), (thrown) => thrown instanceof Failure && thrown.code === 'STORE_UNAVAILABLE');
  rmSync(join(disk, 'ballast'));
  await revive();
  const entry = await eventuallyAppended(opened);
  // What was refused in the middle of its commit may stand, whole.
  assert.ok([appended + 1, appended + 2].includes(entry.sequence));
  await witnesses.look(opened);
  await opened.store.close();
  await witnesses.assertWhole(context, place);
}

/** With what does not compress, so that the disk fills soon. */
async function append({ store }: OpenLogStore, number: number): Promise<AuditEntry> {
  const key = `full-${number}`;
  const noise = Array.from({ length: 1_500 }, () => Math.random().toString(36).slice(2)).join('');
  return store.transaction(async (transaction) => {
    const entry = await transaction.append(aFittingDraft('effect.performed', { account, subject: `effect:${key}`, actor: 'system', rationale: noise }));
    const repository = { account: { id: account, login: 'acme', kind: 'organization' as const }, installationId: 7, id: account, owner: 'acme', name: 'shop' };
    await transaction.request([{ effect: { kind: 'comment', key, pullRequest: number, topic: 'decision', body: 'x' }, group: key }], repository, key);
    return entry;
  });
}

async function appendUntilRefused(opened: OpenLogStore): Promise<{ readonly appended: number; readonly failure: Failure }> {
  for (let number = 1; number < 20_000; number += 1) {
    try {
      await append(opened, number);
    } catch (thrown) {
      if (thrown instanceof Failure) return { appended: number - 1, failure: thrown };
      throw thrown;
    }
  }
  throw new Error('the disk was never full');
}

async function eventuallyAppended(opened: OpenLogStore): Promise<AuditEntry> {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await append(opened, 200_000 + attempt);
    } catch (thrown) {
      if (attempt === 200) throw thrown;
      await wait(100);
    }
  }
}

/** A file system of so many mebibytes, or null; unmounted with the test. */
function mountDisk(context: TestContext, size: number): string | null {
  const disk = mkdtempSync(join(tmpdir(), 'plumbline-disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${size}m`, 'plumbline', disk], { stdio: 'ignore' });
  } catch {
    rmdirSync(disk);
    return null;
  }
  context.after(() => {
    execFileSync('umount', ['--lazy', disk]);
    rmdirSync(disk);
  });
  return disk;
}
