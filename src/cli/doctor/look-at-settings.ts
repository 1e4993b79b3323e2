import { readConfig } from '../../config.ts';
import type { Config } from '../../config.ts';
import { openSecrets } from '../../config/server-secrets.ts';
import { failureOf } from '../../domain/failure.ts';
import type { Terminal } from '../terminal.ts';
import { diagnosis } from './diagnosis.ts';
import type { Diagnosis } from './diagnosis.ts';
import type { Patient } from './run-doctor.ts';

export async function lookAtSettings({ terminal }: Patient): Promise<readonly Diagnosis[]> {
  if (!hasSettings(terminal)) return [diagnosis('settings', 'unknown', 'there are no settings of a server here (APP_ID, PRIVATE_KEY, WEBHOOK_SECRET)', 'Run it where the server runs, with its environment.')];
  try {
    const config = readConfig(terminal.environment);
    await openSecrets(config);
    return [diagnosis('settings', config.mode === 'production' ? 'ok' : 'warn', config.mode === 'production' ? 'complete' : 'complete, in development mode: checks at start are relaxed', config.mode === 'production' ? null : 'Leave PLUMBLINE_MODE out in production.')];
  } catch (error) {
    return [diagnosis('settings', 'fail', failureOf(error, 'CONFIG_INVALID').message, 'Mend every setting named above.')];
  }
}

/** The settings, or null where what needs them can not be looked at. */
export function usableSettings({ environment }: Terminal): Config | null {
  try {
    return readConfig(environment);
  } catch {
    return null;
  }
}

function hasSettings({ environment }: Terminal): boolean {
  return ['APP_ID', 'PRIVATE_KEY', 'PRIVATE_KEY_PATH', 'WEBHOOK_SECRET'].some((name) => (environment[name] ?? '') !== '');
}
