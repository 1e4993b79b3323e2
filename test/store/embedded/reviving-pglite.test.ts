import assert from 'node:assert/strict';
import { mkdirSync, rmdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { TestContext } from 'node:test';
import type { PGlite } from '@electric-sql/pglite';
import { sql } from 'kysely';
import type { LogPlace, OpenLogStore } from '../../crash/log/open-log-store.ts';
import { openLogStore } from '../../crash/log/open-log-store.ts';
import { layEmptyStore } from '../../builders/empty-store.ts';
import { isFailure } from '../../builders/is-failure.ts';
import { aDirectory } from '../../builders/server-process.ts';
import { aDraft } from '../../ports/store/suite.ts';
import type { BreakingPGlite } from '../../../src/store/embedded/breaking-pglite.ts';
import { RevivingPGlite } from '../../../src/store/embedded/reviving-pglite.ts';

async function aStore(context: TestContext): Promise<OpenLogStore & LogPlace & { readonly append: () => Promise<unknown> }> {
  const place = { databaseUrl: null, directory: aDirectory(context) };
  await layEmptyStore(place.directory);
  const opened = await openLogStore(place);
  return { ...place, ...opened, append: () => opened.store.transaction((transaction) => transaction.append(aDraft(1))) };
}

/** Where Postgres begins the next segment of its write-ahead log: it gives up when it can not, as when the disk is full. */
function stopWriting({ directory }: LogPlace): () => void {
  const next = join(directory, 'store', 'pg_wal', 'xlogtemp.42');
  mkdirSync(next);
  return () => rmdirSync(next);
}

test('an embedded Postgres that gives up refuses everything while it can not be opened anew, and loses nothing', async (context) => {
  const opened = await aStore(context);
  await opened.append();
  const goOn = stopWriting(opened);
  await sql`select pg_switch_wal()`.execute(opened.database);
  await assert.rejects(opened.append(), isFailure('STORE_UNAVAILABLE', /given up/));
  await assert.rejects(opened.append(), isFailure('STORE_UNAVAILABLE'));
  await assert.rejects(opened.store.ping(), isFailure('STORE_UNAVAILABLE'));
  await assert.rejects(opened.database.selectFrom('audit_heads').selectAll().execute());
  goOn();
  await opened.store.close();
  const again = await openLogStore(opened);
  assert.equal(await again.store.audit.size(1), 1);
  await again.store.close();
});

test('an embedded Postgres that gives up in a commit is opened anew by the next transaction, which finds what was acknowledged and nothing else', async (context) => {
  const opened = await aStore(context);
  await opened.append();
  const goOn = stopWriting(opened);
  await sql`select pg_switch_wal()`.execute(opened.database);
  await assert.rejects(opened.append(), isFailure('STORE_UNAVAILABLE', /given up/));
  goOn();
  const entry = await opened.store.transaction((transaction) => transaction.append(aDraft(1, { subject: 'merge-group:after' })));
  assert.deepEqual([entry.sequence, await opened.store.audit.size(1)], [1, 2]);
  await opened.store.close();
});

test('an embedded Postgres that is closed while it is opened anew is closed when it is let go', async (context) => {
  const directory = aDirectory(context);
  const letGo: string[] = [];
  const part = (name: string, isBroken: boolean): BreakingPGlite => ({ pglite: {} as PGlite, isBroken: () => isBroken, close: async () => void letGo.push(name) });
  const opening = Promise.withResolvers<void>();
  const hasBegun = Promise.withResolvers<void>();
  const reviving = new RevivingPGlite(directory, part('broken', true), async () => {
    hasBegun.resolve();
    await opening.promise;
    return part('new', false);
  });
  const query = reviving.query('select 1').catch(() => undefined);
  await hasBegun.promise;
  const closed = reviving.close();
  opening.resolve();
  await closed;
  assert.deepEqual(letGo, ['broken', 'new']);
  await query;
});
