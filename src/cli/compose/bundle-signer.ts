import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readKeySettings } from '../../config/key-service-settings.ts';
import type { GivenKey } from '../../config/key-service-settings.ts';
import { keptLogKey } from '../../config/log-key-file.ts';
import { logKeySetting } from '../../config/key-settings.ts';
import { openKeyService } from '../../config/open-key-service.ts';
import { openSigner } from '../../config/open-signer.ts';
import { textOf } from '../../config/settings.ts';
import type { Setting } from '../../config/settings.ts';
import { Failure } from '../../domain/failure.ts';
import type { Signer } from '../../flows/ports/key-service.ts';
import type { Terminal } from '../terminal.ts';

/**
 * What the server's settings say that envelopes are signed with: the signing key, else the log key.
 * @throws Failure CONFIG_INVALID when there is none or a setting is wrong, KEY_UNAVAILABLE or KEY_REFUSED as a key service answers.
 */
export async function openBundleSigner({ environment, directory }: Terminal): Promise<Signer> {
  const isDevelopment = textOf(environment, 'PLUMBLINE_MODE') === 'development';
  const { keyService, logKeyRef, signingKey } = readKeySettings({ environment, readText: (path) => readFileSync(path, 'utf8'), isDevelopment, take: (setting) => goodOf(setting) });
  const given: GivenKey = signingKey ?? (logKeyRef === null ? { kind: 'pem', pem: goodOf(logKeySetting(environment, true)) ?? keptKey(resolve(directory, textOf(environment, 'DATA_DIR') ?? 'data')) } : { kind: 'reference', keyRef: logKeyRef });
  return await openSigner(signingKey === null ? 'the log key' : 'the signing key', given, keyService.kind === 'local' ? null : openKeyService(keyService));
}

/** A command makes no key: nobody would know it. */
function keptKey(dataDirectory: string): ReturnType<typeof keptLogKey> {
  if (existsSync(join(dataDirectory, 'log-key.pem'))) return keptLogKey(dataDirectory);
  throw new Failure('CONFIG_INVALID', 'Cannot sign a bundle: found no key, expected the settings of the server: SIGNING_KEY, LOG_KEY or LOG_KEY_REF, or the key that its first start made in DATA_DIR. Run the command beside the server.');
}

function goodOf<Value>(setting: Setting<Value>): Value {
  if (setting.kind === 'good') return setting.value;
  throw new Failure('CONFIG_INVALID', `Cannot sign a bundle: 1 setting is wrong\n  ${setting.why}`);
}
