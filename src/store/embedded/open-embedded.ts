import { join } from 'node:path';
import { Kysely, PGliteDialect } from 'kysely';
import { Failure, failureOf } from '../../domain/failure.ts';
import type { Tables } from '../table.ts';
import { lockDirectory } from './directory-lock.ts';
import type { DirectoryLock } from './directory-lock.ts';

export interface OpenDatabase {
  readonly database: Kysely<Tables>;
  /** After `database.destroy()`. */
  readonly release: () => Promise<void>;
}

/** As directory: nothing is written to disk and nothing is locked. */
export const inMemory = 'memory://';

/** Opens the embedded Postgres in a directory that this process alone may use. */
export async function openEmbedded(directory: string): Promise<OpenDatabase> {
  const lock = directory === inMemory ? unlocked : await lockIn(directory);
  try {
    const pglite = await start(directory === inMemory ? inMemory : join(directory, 'store'));
    return { database: new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) }), release: () => lock.release() };
  } catch (thrown) {
    await lock.release();
    throw new Failure('STORE_UNAVAILABLE', `Cannot open the embedded store in "${directory}": ${failureOf(thrown, 'STORE_UNAVAILABLE').message}. Restore it from a backup, or move the directory away to begin anew.`, { cause: thrown });
  }
}

const unlocked: DirectoryLock = { release: async () => {} };

async function lockIn(directory: string): Promise<DirectoryLock> {
  try {
    return await lockDirectory(directory);
  } catch (thrown) {
    if (thrown instanceof Failure) throw thrown;
    throw new Failure('STORE_UNAVAILABLE', `Cannot use the directory "${directory}": ${failureOf(thrown, 'STORE_UNAVAILABLE').message}, expected one that this user may write to.`, { cause: thrown });
  }
}

/** Loaded on use: a server with Postgres never needs its 20 MB of WebAssembly. */
async function start(directory: string) {
  const { PGlite } = await import('@electric-sql/pglite');
  return PGlite.create(directory);
}
