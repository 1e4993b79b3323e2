import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { readLogKey } from '../../src/audit/log-key.ts';
import type { Store } from '../../src/flows/ports/store.ts';
import { openEmbedded } from '../../src/store/embedded/open-embedded.ts';
import { openPostgres } from '../../src/store/open-postgres.ts';
import { sqlStore } from '../../src/store/sql-store.ts';
import type { Tables } from '../../src/store/table.ts';
import { fakeLog } from '../fakes/fake-log.ts';

/** A server's store, looked at from outside. On an embedded one the server must be stopped. */
export interface OpenedStore {
  readonly store: Store;
  readonly database: Kysely<Tables>;
  /** Of the log key that the server keeps in its directory. */
  readonly publicKeys: readonly Uint8Array[];
}

export interface StorePlace {
  readonly directory: string;
  readonly databaseUrl?: string | undefined;
}

export async function withOpenedStore<Result>(place: StorePlace, look: (opened: OpenedStore) => Promise<Result>): Promise<Result> {
  const opened = place.databaseUrl === undefined ? await openEmbedded(place.directory) : openPostgres({ databaseUrl: place.databaseUrl, log: fakeLog(), poolSize: 2, statementLimit: 15_000 });
  const store = sqlStore({ ...opened, clock: { now: () => new Date() }, random: randomBytes, transactionLimit: 30_000, cacheBytes: 1_000_000 });
  try {
    return await look({ store, database: opened.database, publicKeys: [readLogKey(readFileSync(join(place.directory, 'log-key.pem'), 'utf8'), 'plumbline').publicKey] });
  } finally {
    await store.close();
  }
}

/** Keys of the jobs that are not done. Schedules, and what they enqueue at every start, always wait for their next time. */
export async function unfinishedJobs({ database }: OpenedStore): Promise<readonly string[]> {
  const rows = await database.selectFrom('jobs').select(['key', 'failure']).where('key', 'not like', 'schedule:%').where('key', 'not like', 'reconcile:%').execute();
  return rows.map(({ key, failure }) => (failure === null ? key : `${key} (${failure})`));
}

/** As if the time had passed for which jobs wait to be tried again. */
export async function letWaitsPass({ database }: OpenedStore): Promise<void> {
  await database.updateTable('jobs').set({ available_at: sql`now()` }).where('token', 'is', null).where('key', 'not like', 'schedule:%').execute();
}
