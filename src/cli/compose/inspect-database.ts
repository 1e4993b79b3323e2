import { existsSync } from 'node:fs';
import { sql } from 'kysely';
import { openEmbedded } from '../../store/embedded/open-embedded.ts';
import type { OpenDatabase } from '../../store/embedded/open-embedded.ts';
import { databaseFailure } from '../../store/database-failure.ts';
import { openPostgres } from '../../store/open-postgres.ts';
import { connectOperator } from './operator-client.ts';

export interface DatabaseSettings {
  readonly databaseUrl: string | null;
  readonly directory: string;
}

/** `served`: a running server has it open and says that it answers. */
export type FoundDatabase = { readonly kind: 'absent' } | { readonly kind: 'served'; readonly engine: string } | { readonly kind: 'empty' } | { readonly kind: 'migrated'; readonly newest: string };

/** Reads which migrations were applied, and changes nothing. Throws STORE_LOCKED where a process that does not answer holds the directory. */
export async function inspectDatabase({ databaseUrl, directory }: DatabaseSettings): Promise<FoundDatabase> {
  if (databaseUrl === null && !existsSync(directory)) return { kind: 'absent' };
  const served = databaseUrl === null ? await connectOperator(directory) : null;
  if (served !== null) return { kind: 'served', engine: served.engine };
  const log = { info: () => {}, warn: () => {}, error: () => {} };
  const opened = databaseUrl === null ? await openEmbedded(directory) : openPostgres({ databaseUrl, log, poolSize: 1, statementLimit: 10_000 });
  try {
    return await newestMigration(opened);
  } catch (error) {
    throw databaseFailure(error);
  } finally {
    await opened.database.destroy();
    await opened.release();
  }
}

async function newestMigration({ database }: OpenDatabase): Promise<FoundDatabase> {
  const table = await sql<{ readonly present: boolean }>`select to_regclass('plumbline_migrations') is not null as present`.execute(database);
  if (table.rows[0]?.present !== true) return { kind: 'empty' };
  const { rows } = await sql<{ readonly name: string }>`select name from plumbline_migrations order by name desc limit 1`.execute(database);
  const [newest] = rows;
  return newest === undefined ? { kind: 'empty' } : { kind: 'migrated', newest: newest.name };
}
