import { fileSecret } from '../keys/file-secret.ts';
import { givenSecret } from '../keys/given-secret.ts';
import { defaultCallSettings } from '../keys/service-call.ts';
import { connectVault } from '../keys/vault-client.ts';
import { vaultSecret, vaultSecretRef } from '../keys/vault-secret.ts';
import { KeptSecret } from './kept-secret.ts';
import type { Secret } from './secret.ts';
import { bad, good, quoted, textOf } from './settings.ts';
import type { Environment, Setting } from './settings.ts';
import { textOrFileSetting } from './text-or-file.ts';
import type { ReadText } from './text-or-file.ts';
import { vaultSetting } from './vault-settings.ts';

export interface SecretReading {
  readonly environment: Environment;
  readonly readText: ReadText;
  readonly isDevelopment: boolean;
  /** Whether a text may be the secret; `said` is the setting that it comes from. */
  readonly check: (text: string | null, said: string) => Setting<Secret | null>;
}

/**
 * A secret that is given as it is, as a file in `<name>_PATH`, or as a secret of Vault in `<name>_VAULT`. The first two are checked at once.
 * Null where none of them is set.
 */
export function keptSecretSetting(name: string, { environment, readText, isDevelopment, check }: SecretReading): Setting<KeptSecret | null> {
  const given = textOrFileSetting(environment, name, readText);
  if (given.kind === 'bad') return given;
  const vaultName = `${name}_VAULT`;
  const reference = textOf(environment, vaultName);
  if (reference === null) return given.value === null ? good(null) : ofText(given.value, { environment, name, check });
  if (given.value !== null) return bad(`${given.value.name} and ${vaultName} are both set, expected one of them`);
  if (!vaultSecretRef.test(reference)) return bad(`${vaultName} is ${quoted(reference)}, expected <mount>/data/<path>#<field>, as secret/data/plumbline#${name.toLowerCase()}`);
  const vault = vaultSetting(environment, readText, isDevelopment);
  if (vault.kind === 'bad') return vault;
  const source = vaultSecret(connectVault({ ...vault.value, call: defaultCallSettings }), reference);
  return good(new KeptSecret({ name: vaultName, source, check: (text) => check(text, vaultName), first: undefined }));
}

function ofText({ name: said, text }: { readonly name: string; readonly text: string }, { environment, name, check }: Pick<SecretReading, 'environment' | 'check'> & { readonly name: string }): Setting<KeptSecret | null> {
  const first = check(text.trim() === '' ? null : text, said);
  if (first.kind === 'bad') return first;
  const path = textOf(environment, `${name}_PATH`);
  return good(new KeptSecret({ name: said, source: path === null ? givenSecret(text) : fileSecret(path), check: (now) => check(now, said), first: first.value }));
}
