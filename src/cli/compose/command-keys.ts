import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readKeySettings } from '../../config/key-service-settings.ts';
import type { GivenKey } from '../../config/key-service-settings.ts';
import { logKeySetting } from '../../config/key-settings.ts';
import { keptLogKey } from '../../config/log-key-file.ts';
import { openKeyService } from '../../config/open-key-service.ts';
import { previousLogKeysSetting } from '../../config/previous-log-keys.ts';
import { textOf } from '../../config/settings.ts';
import type { Setting } from '../../config/settings.ts';
import { Failure } from '../../domain/failure.ts';
import type { KeyService } from '../../flows/ports/key-service.ts';
import type { Terminal } from '../terminal.ts';

/** The keys of a server, as its settings name them for a command beside it. Each is read when it is asked for: what a command does not need may be wrong. */
export interface CommandKeys {
  /** Null where the settings name none and no start of the server has made one: a command makes no key, since nobody would know it. */
  logKey(): GivenKey | null;
  /** Raw public keys. */
  previousLogKeys(): readonly Uint8Array[];
  /** Null: the log key signs envelopes. */
  signingKey(): GivenKey | null;
  /** Null where the settings name none. */
  service(): KeyService | null;
}

/** @param doing What can not be done where a setting is wrong; each of the keys throws Failure CONFIG_INVALID then. */
export function commandKeys({ environment, directory: at }: Terminal, doing: string): CommandKeys {
  const directory = resolve(at, textOf(environment, 'DATA_DIR') ?? 'data');
  const goodOf = <Value>(setting: Setting<Value>): Value => {
    if (setting.kind === 'good') return setting.value;
    throw new Failure('CONFIG_INVALID', `Cannot ${doing}: 1 setting is wrong\n  ${setting.why}`);
  };
  const settings = () => readKeySettings({ environment, readText, isDevelopment: textOf(environment, 'PLUMBLINE_MODE') === 'development', take: (setting) => goodOf(setting) });
  return {
    logKey() {
      const keyRef = textOf(environment, 'LOG_KEY_REF') === null ? null : settings().logKeyRef;
      if (keyRef !== null) return { kind: 'reference', keyRef };
      const stated = goodOf(logKeySetting(environment, true));
      if (stated !== null) return { kind: 'pem', pem: stated };
      return existsSync(join(directory, 'log-key.pem')) ? { kind: 'pem', pem: keptLogKey(directory) } : null;
    },
    previousLogKeys: () => goodOf(previousLogKeysSetting(environment, readText)).map(({ publicKey }) => publicKey),
    signingKey: () => settings().signingKey,
    service() {
      const { keyService } = settings();
      return keyService.kind === 'local' ? null : openKeyService(keyService);
    },
  };
}

function readText(path: string): string {
  return readFileSync(path, 'utf8');
}
