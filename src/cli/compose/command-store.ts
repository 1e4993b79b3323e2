import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { rawPublicKey, readLogKey } from '../../audit/log-key.ts';
import { databaseSetting } from '../../config/address-settings.ts';
import { engine } from '../../config/engine.ts';
import { textOf } from '../../config/settings.ts';
import type { Setting } from '../../config/settings.ts';
import { Failure } from '../../domain/failure.ts';
import type { Operations } from '../../flows/operations.ts';
import type { Log } from '../../flows/ports/log.ts';
import { storeOperations } from '../../flows/store-operations.ts';
import { openStore } from '../../store/open-store.ts';
import type { Terminal } from '../terminal.ts';
import { commandKeys } from './command-keys.ts';
import type { CommandKeys } from './command-keys.ts';
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
  const publicKeys = await publicKeysOf(terminal);
  const clock = { now: () => terminal.now() };
  const store = await openStore({ ...place, log: quietLog(terminal), clock });
  try {
    return await work(storeOperations({ store, clock, publicKeys, engine, sealer: null, isShared: place.databaseUrl !== null }));
  } finally {
    await store.close();
  }
}

/** The server's own keys, where its settings, its data directory or its key service hold them. */
async function publicKeysOf(terminal: Terminal): Promise<readonly Uint8Array[]> {
  const keys = commandKeys(terminal, 'open the store');
  const given = keys.logKey();
  const previous = keys.previousLogKeys();
  if (given === null) return previous;
  const newest = given.kind === 'pem' ? readLogKey(given.pem.reveal(), 'plumbline').publicKey : await publicKeyOf(keys, given.keyRef);
  return [newest, ...previous];
}

async function publicKeyOf(keys: CommandKeys, keyRef: string): Promise<Uint8Array> {
  const service = keys.service();
  if (service === null) throw new Failure('CONFIG_INVALID', 'Cannot open the store: 1 setting is wrong\n  LOG_KEY_REF names a key of a key service, and KEY_SERVICE names none');
  return rawPublicKey((await service.publicKey(keyRef)).object);
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
