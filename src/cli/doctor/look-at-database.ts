import { inspectDatabase } from '../compose/inspect-database.ts';
import { Failure, failureOf } from '../../domain/failure.ts';
import { diagnosis } from './diagnosis.ts';
import type { Diagnosis } from './diagnosis.ts';
import { usableSettings } from './look-at-settings.ts';
import type { Patient } from './run-doctor.ts';

/** Looks without migrating: that is for the server to do when it starts. */
export async function lookAtDatabase({ terminal }: Patient): Promise<readonly Diagnosis[]> {
  const config = usableSettings(terminal);
  if (config === null) return [diagnosis('database', 'unknown', 'without valid settings no database was looked at', 'Mend the settings first.')];
  const where = config.databaseUrl === null ? 'the embedded store' : 'Postgres';
  try {
    const found = await inspectDatabase({ databaseUrl: config.databaseUrl?.reveal() ?? null, directory: config.dataDirectory });
    switch (found.kind) {
      case 'absent':
        return [diagnosis('database', 'warn', `${where} does not exist yet`, 'It is made when the server first starts: plumbline serve')];
      case 'served':
        return [diagnosis('database', 'ok', `${where} answers, through the running server (${found.engine})`)];
      case 'empty':
        return [diagnosis('database', 'warn', `${where} has no tables yet`, 'They are made when the server starts: plumbline serve')];
      case 'migrated':
        return [diagnosis('database', 'ok', `${where} answers, migrated to ${found.newest}`)];
    }
  } catch (error) {
    if (error instanceof Failure && error.code === 'STORE_LOCKED') return [diagnosis('database', 'unknown', `${where} is in use by a running server, so it was not looked at`, 'Ask the server: GET /readyz')];
    return [diagnosis('database', 'fail', failureOf(error, 'STORE_UNAVAILABLE').message, 'Check that the database runs and that DATABASE_URL reaches it.')];
  }
}
