import { randomBytes } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Clock } from '../../../src/flows/ports/clock.ts';
import type { Store } from '../../../src/flows/ports/store.ts';
import { openEmbedded } from '../../../src/store/embedded/open-embedded.ts';
import { openPostgres } from '../../../src/store/open-postgres.ts';
import { sqlStore } from '../../../src/store/sql-store.ts';
import type { Tables } from '../../../src/store/table.ts';
import { fakeLog } from '../../fakes/fake-log.ts';

/** Where a log stands: on a Postgres, or in a directory. */
export interface LogPlace {
  readonly databaseUrl: string | null;
  readonly directory: string;
}

export interface OpenLogStore {
  readonly store: Store;
  readonly database: Kysely<Tables>;
}

/** The store as the server opens it, over tables that are there, with its database to look at from outside. */
export async function openLogStore({ databaseUrl, directory }: LogPlace, clock: Clock = { now: () => new Date() }): Promise<OpenLogStore> {
  const opened = databaseUrl === null ? await openEmbedded(directory) : openPostgres({ databaseUrl, log: fakeLog(), poolSize: 6, statementLimit: 15_000 });
  return { store: sqlStore({ ...opened, clock, random: randomBytes, transactionLimit: 30_000, cacheBytes: 1_000_000 }), database: opened.database };
}
