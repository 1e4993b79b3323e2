import { join } from 'node:path';
import { Kysely, PGliteDialect } from 'kysely';
import { Failure, failureOf } from '../../domain/failure.ts';
import type { Tables } from '../table.ts';
import { lockDirectory } from './directory-lock.ts';
import type { DirectoryLock } from './directory-lock.ts';
import { breakingPGlite } from './breaking-pglite.ts';
import { RevivingPGlite } from './reviving-pglite.ts';

export interface OpenDatabase {
  readonly database: Kysely<Tables>;
  /** After `database.destroy()`. */
  readonly release: () => Promise<void>;
}

/** Opens the embedded Postgres in a directory that this process alone may use. */
export async function openEmbedded(directory: string): Promise<OpenDatabase> {
  const lock = await lockIn(directory);
  try {
    const open = async () => breakingPGlite(await start(join(directory, 'store')));
    const pglite = new RevivingPGlite(directory, await open(), open);
    return { database: new Kysely<Tables>({ dialect: new PGliteDialect({ pglite }) }), release: () => lock.release() };
  } catch (thrown) {
    await lock.release();
    throw new Failure('STORE_UNAVAILABLE', `Cannot open the embedded store in "${directory}": ${failureOf(thrown, 'STORE_UNAVAILABLE').message}. Restore it from a backup, or move the directory away to begin anew.`, { cause: thrown });
  }
}

async function lockIn(directory: string): Promise<DirectoryLock> {
  try {
    return await lockDirectory(directory);
  } catch (thrown) {
    if (thrown instanceof Failure) throw thrown;
    throw new Failure('STORE_UNAVAILABLE', `Cannot use the directory "${directory}": ${failureOf(thrown, 'STORE_UNAVAILABLE').message}, expected one that this user may write to.`, { cause: thrown });
  }
}

/**
 * Pages that Postgres keeps in memory. All of it is written at every start, so that Postgres's own 128 MB would be held and
 * paid for whatever the store's size; the system keeps the files of a larger store in memory by itself.
 */
const pageCache = '16MB';

/** A start that fails would else leave a timer behind, for ever, which keeps the process from ending. */
const noProgress = 'log_startup_progress_interval=0';

/** Loaded on use: a server with Postgres never needs its 20 MB of WebAssembly. */
async function start(directory: string) {
  const { PGlite } = await import('@electric-sql/pglite');
  const settings = [`shared_buffers=${pageCache}`, noProgress];
  return PGlite.create(directory, { startParams: [...PGlite.defaultStartParams, ...settings.flatMap((setting) => ['-c', setting])] });
}
