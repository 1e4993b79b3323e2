import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { rawPublicKey, readLogKey } from '../../audit/log-key.ts';
import { databaseSetting } from '../../config/address-settings.ts';
import { engine } from '../../config/engine.ts';
import { readKeySettings } from '../../config/key-service-settings.ts';
import { logKeySetting } from '../../config/key-settings.ts';
import { openKeyService } from '../../config/open-key-service.ts';
import { previousLogKeysSetting } from '../../config/previous-log-keys.ts';
import { bad, textOf } from '../../config/settings.ts';
import type { Environment, Setting } from '../../config/settings.ts';
import { Failure } from '../../domain/failure.ts';
import type { Operations } from '../../flows/operations.ts';
import type { Log } from '../../flows/ports/log.ts';
import { storeOperations } from '../../flows/store-operations.ts';
import { openStore } from '../../store/open-store.ts';
import type { Terminal } from '../terminal.ts';
import { connectOperator } from './operator-client.ts';

/**
 * Runs one command on the store of the server's settings: through the running server where it alone may have the store
 * open, else on the store itself. It must exist: a command that reads does not make one.
 */
export async function withCommandStore<Result>(terminal: Terminal, work: (operations: Operations) => Promise<Result>): Promise<Result> {
  const databaseUrl = goodOf(databaseSetting(terminal.environment))?.reveal() ?? null;
  const directory = resolve(terminal.directory, textOf(terminal.environment, 'DATA_DIR') ?? 'data');
  if (databaseUrl === null && !existsSync(directory)) throw new Failure('USAGE', `Cannot open the store: there is no directory ${JSON.stringify(directory)} and DATABASE_URL is not set, expected the settings of the server. Run the command beside the server.`);
  const served = databaseUrl === null ? await connectOperator(directory) : null;
  return served === null ? await onStore(terminal, { databaseUrl, directory }, work) : await work(served);
}

async function onStore<Result>(terminal: Terminal, place: { readonly databaseUrl: string | null; readonly directory: string }, work: (operations: Operations) => Promise<Result>): Promise<Result> {
  const publicKeys = await publicKeysOf(terminal, place.directory);
  const clock = { now: () => terminal.now() };
  const store = await openStore({ ...place, log: quietLog(terminal), clock });
  try {
    return await work(storeOperations({ store, clock, publicKeys, engine, sealer: null, isShared: place.databaseUrl !== null }));
  } finally {
    await store.close();
  }
}

/** The server's own keys, where its settings, its data directory or its key service hold them. */
async function publicKeysOf({ environment }: Terminal, directory: string): Promise<readonly Uint8Array[]> {
  const stated = goodOf(logKeySetting(environment, true))?.reveal() ?? null;
  const previous = goodOf(previousLogKeysSetting(environment, readText)).map(({ publicKey }) => publicKey);
  if (textOf(environment, 'LOG_KEY_REF') !== null) return [await publicKeyOfService(environment), ...previous];
  const kept = join(directory, 'log-key.pem');
  const pem = stated ?? (existsSync(kept) ? readText(kept) : null);
  return pem === null ? previous : [readLogKey(pem, 'plumbline').publicKey, ...previous];
}

async function publicKeyOfService(environment: Environment): Promise<Uint8Array> {
  const isDevelopment = textOf(environment, 'PLUMBLINE_MODE') === 'development';
  const { keyService, logKeyRef } = readKeySettings({ environment, readText, isDevelopment, take: (setting) => goodOf(setting) });
  if (keyService.kind === 'local' || logKeyRef === null) return goodOf(bad('LOG_KEY_REF names a key of a key service, and KEY_SERVICE names none'));
  const { object } = await openKeyService(keyService).publicKey(logKeyRef);
  return rawPublicKey(object);
}

function readText(path: string): string {
  return readFileSync(path, 'utf8');
}

function goodOf<Value>(setting: Setting<Value>): Value {
  if (setting.kind === 'good') return setting.value;
  throw new Failure('CONFIG_INVALID', `Cannot open the store: 1 setting is wrong\n  ${setting.why}`);
}

/** Standard output is the command's: trouble goes to standard error. */
function quietLog(terminal: Terminal): Log {
  const tell = (message: string): void => terminal.tell(`${message}\n`);
  return { info: () => {}, warn: tell, error: tell };
}
