import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { preAuthentication } from '../../audit/pre-authentication.ts';
import { openServerKeys } from '../../config/server-keys.ts';
import { failureOf } from '../../domain/failure.ts';
import { diagnosis } from './diagnosis.ts';
import type { Diagnosis } from './diagnosis.ts';
import { usableSettings } from './look-at-settings.ts';
import type { Patient } from './run-doctor.ts';

/** Makes a signature with each key in force: nothing less shows that one can be made. */
export async function lookAtKeys({ terminal }: Patient): Promise<readonly Diagnosis[]> {
  const config = usableSettings(terminal);
  if (config === null) return [diagnosis('keys', 'unknown', 'without valid settings no key was tried', 'Mend the settings first.')];
  if (config.logKey === null && config.logKeyRef === null && !existsSync(join(config.dataDirectory, 'log-key.pem'))) return [diagnosis('keys', 'warn', 'there is no log key in the data directory yet', 'It is made when the server first starts: plumbline serve')];
  try {
    const { log, signing } = await openServerKeys(config);
    // Of a type that nothing else has: whoever gets hold of it can use it for nothing.
    const probe = preAuthentication('application/vnd.plumbline.probe', Buffer.from(terminal.now().toISOString()));
    await log.sign(probe);
    if (signing.key.id !== log.key.id) await signing.sign(probe);
    const of = ({ name, key }: typeof log): string => `${name} (${key.algorithm}, ${key.id})`;
    return [diagnosis('keys', 'ok', signing.key.id === log.key.id ? `${of(log)} signs checkpoints and bundles` : `${of(log)} signs checkpoints\n${of(signing)} signs bundles`)];
  } catch (error) {
    return [diagnosis('keys', 'fail', failureOf(error, 'KEY_REFUSED').message, 'Mend it before the server is started: without a signature the audit log can not be sealed.')];
  }
}
