import { freshDatabase } from './fresh-database.ts';
import { startPostgres } from './start-postgres.ts';
import type { TestPostgres } from './start-postgres.ts';

let server: Promise<TestPostgres | string> | null = null;

/**
 * A database of its own, without tables, on the one Postgres that all files of a test process share, which stops when that
 * process has nothing left to do. A string says why there is none.
 */
export async function ownDatabase(): Promise<{ readonly url: string } | string> {
  server ??= startShared();
  const found = await server;
  return typeof found === 'string' ? found : { url: await freshDatabase(found.url) };
}

async function startShared(): Promise<TestPostgres | string> {
  const found = await startPostgres();
  if (typeof found !== 'string') process.once('beforeExit', () => void found.stop());
  return found;
}
