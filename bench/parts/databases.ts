import { join } from 'node:path';
import type { Store } from '../../src/flows/ports/store.ts';
import { openStore } from '../../src/store/open-store.ts';
import { fakeLog } from '../../test/fakes/fake-log.ts';
import { startPostgres } from '../../test/postgres/start-postgres.ts';
import { inFolder } from './folder.ts';

/** Where a store is kept: a Postgres of our own that writes to the disk before it answers, or the embedded one in a folder. */
export interface Database {
  readonly name: 'Postgres' | 'PGlite';
  readonly url: string | null;
  readonly folder: string;
}

/** Gives each kind of database to the work, one after the other, fresh. */
export async function onEachDatabase(work: (database: Database) => Promise<void>): Promise<void> {
  await onPostgres((database) => work({ name: 'Postgres', ...database }));
  await inFolder((folder) => work({ name: 'PGlite', url: null, folder: join(folder, 'data') }));
}

/** Gives the work a fresh Postgres, and a folder. */
export async function onPostgres<Result>(work: (database: { readonly url: string; readonly folder: string }) => Promise<Result>): Promise<Result> {
  return inFolder(async (folder) => {
    const postgres = await startPostgres({ durable: true });
    if (typeof postgres === 'string') throw new Error(`Cannot measure on Postgres: ${postgres}`);
    try {
      return await work({ url: postgres.url, folder });
    } finally {
      await postgres.stop();
    }
  });
}

export async function withStore<Result>(database: Database, work: (store: Store) => Promise<Result>): Promise<Result> {
  const store = await openStore({ databaseUrl: database.url, directory: database.folder, log: fakeLog(), clock: { now: () => new Date() } });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
