import { randomBytes } from 'node:crypto';
import type { Clock } from '../flows/ports/clock.ts';
import type { Log } from '../flows/ports/log.ts';
import type { Store } from '../flows/ports/store.ts';
import { openEmbedded } from './embedded/open-embedded.ts';
import type { OpenDatabase } from './embedded/open-embedded.ts';
import { freeLeases } from './free-leases.ts';
import { migrate } from './migrate.ts';
import { openPostgres } from './open-postgres.ts';
import { runTransaction } from './run-transaction.ts';
import { sqlStore } from './sql-store.ts';

export interface StoreOptions {
  /** Null: the embedded store in `directory`. */
  readonly databaseUrl: string | null;
  readonly directory: string;
  readonly log: Log;
  readonly clock: Clock;
  readonly random?: (size: number) => Uint8Array;
  /** Connections to Postgres. */
  readonly poolSize?: number;
  /** Milliseconds after which an unfinished transaction is rolled back. */
  readonly transactionLimit?: number;
  /** Bytes that the object cache may hold. */
  readonly cacheBytes?: number;
}

/**
 * Opens the store and brings its tables to this version.
 * @throws Failure STORE_LOCKED when another process has the directory open, STORE_UNAVAILABLE when the database can not be
 * reached, STORE_INCONSISTENT when a newer version has migrated it.
 */
export async function openStore(options: StoreOptions): Promise<Store> {
  return options.databaseUrl === null ? openInDirectory(options) : openShared(options, options.databaseUrl);
}

async function openInDirectory(options: StoreOptions): Promise<Store> {
  const opened = await openEmbedded(options.directory);
  return orClosed(opened, async () => {
    await migrate(opened.database);
    const store = storeOver(opened, options, 128 * mebibyte);
    const freed = await runTransaction({ database: opened.database, random: randomBytes, limit: 60_000 }, (session) => freeLeases(session, options.clock.now()));
    if (freed > 0) options.log.info('jobs of a stopped process taken back', { jobs: freed });
    return store;
  });
}

async function openShared(options: StoreOptions, databaseUrl: string): Promise<Store> {
  const { log, poolSize = 10 } = options;
  const forMigration = openPostgres({ databaseUrl, log, poolSize: 1, statementLimit: 0 });
  await orClosed(forMigration, () => migrate(forMigration.database));
  await forMigration.database.destroy();
  return storeOver(openPostgres({ databaseUrl, log, poolSize, statementLimit: 15_000 }), options, 1024 * mebibyte);
}

const mebibyte = 1024 * 1024;

function storeOver(opened: OpenDatabase, options: StoreOptions, cacheBytes: number): Store {
  const { clock, random = randomBytes, transactionLimit = 30_000 } = options;
  return sqlStore({ ...opened, clock, random, transactionLimit, cacheBytes: options.cacheBytes ?? cacheBytes });
}

async function orClosed<Result>(opened: OpenDatabase, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (thrown) {
    await opened.database.destroy();
    await opened.release();
    throw thrown;
  }
}
