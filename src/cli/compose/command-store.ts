import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readLogKey } from '../../audit/log-key.ts';
import { databaseSetting } from '../../config/address-settings.ts';
import { logKeySetting } from '../../config/key-settings.ts';
import { textOf } from '../../config/settings.ts';
import type { Setting } from '../../config/settings.ts';
import { Failure } from '../../domain/failure.ts';
import type { Log, Store } from '../../flows/ports.ts';
import { openStore } from '../../store/open-store.ts';
import type { Terminal } from '../terminal.ts';

export interface CommandStore {
  readonly store: Store;
  /** The server's own log key, where its settings or its data directory hold it. */
  readonly publicKeys: readonly Uint8Array[];
}

/** Opens the store of the server's settings for one command. It must exist: a command that reads does not make one. */
export async function withCommandStore<Result>(terminal: Terminal, work: (opened: CommandStore) => Promise<Result>): Promise<Result> {
  const { environment } = terminal;
  const databaseUrl = goodOf(databaseSetting(environment))?.reveal() ?? null;
  const directory = resolve(terminal.directory, textOf(environment, 'DATA_DIR') ?? 'data');
  if (databaseUrl === null && !existsSync(directory)) throw new Failure('USAGE', `Cannot open the store: there is no directory ${JSON.stringify(directory)} and DATABASE_URL is not set, expected the settings of the server. Run the command beside the server.`);
  const store = await openStore({ databaseUrl, directory, log: quietLog(terminal), clock: { now: () => terminal.now() } });
  try {
    return await work({ store, publicKeys: publicKeysOf(terminal, directory) });
  } finally {
    await store.close();
  }
}

function publicKeysOf({ environment }: Terminal, directory: string): readonly Uint8Array[] {
  const stated = goodOf(logKeySetting(environment, true))?.reveal() ?? null;
  const kept = join(directory, 'log-key.pem');
  const pem = stated ?? (existsSync(kept) ? readFileSync(kept, 'utf8') : null);
  return pem === null ? [] : [readLogKey(pem, 'plumbline').publicKey];
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
