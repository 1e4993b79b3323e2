import { Kysely, PostgresDialect } from 'kysely';
import { Pool } from 'pg';
import type { Log } from '../flows/ports/log.ts';
import type { OpenDatabase } from './embedded/open-embedded.ts';
import type { Tables } from './table.ts';

export interface PostgresOptions {
  readonly databaseUrl: string;
  readonly log: Log;
  /** Connections of this process. */
  readonly poolSize: number;
  /** Milliseconds of one statement; 0 for none. */
  readonly statementLimit: number;
}

/** A bounded pool. A connection that breaks while idle is logged and replaced; nothing waits without end. */
export function openPostgres({ databaseUrl, log, poolSize, statementLimit }: PostgresOptions): OpenDatabase {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: poolSize,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: statementLimit,
    lock_timeout: statementLimit,
    idle_in_transaction_session_timeout: 60_000,
    keepAlive: true,
    application_name: 'plumbline',
  });
  const lost = (thrown: Error): void => log.warn('database connection lost', { cause: thrown.message });
  pool.on('error', lost);
  // One that breaks while it is in use, between two statements, would else end the process.
  pool.on('connect', (client) => client.on('error', lost));
  return { database: new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) }), release: async () => {} };
}
