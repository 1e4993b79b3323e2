import { Failure } from '../domain/failure.ts';
import { webAddress } from './address-settings.ts';
import { Secret } from './secret.ts';
import { bad, good, textOf } from './settings.ts';
import type { Environment, Setting } from './settings.ts';
import type { ReadText } from './text-or-file.ts';

export interface VaultSettings {
  /** Without `/v1`. */
  readonly url: string;
  readonly namespace: string | null;
  /** Null: it stands in a file. */
  readonly token: Secret | null;
  /** Reads a token file anew each time. @throws Failure KEY_UNAVAILABLE */
  readonly readToken: () => string;
}

/** Vault, by the names that its own tools use: VAULT_ADDR, VAULT_NAMESPACE, and VAULT_TOKEN or the file that VAULT_TOKEN_PATH names. */
export function vaultSetting(environment: Environment, readText: ReadText, isDevelopment: boolean): Setting<VaultSettings> {
  const address = textOf(environment, 'VAULT_ADDR');
  if (address === null) return bad('VAULT_ADDR is not set: give the address of Vault, as https://vault.example.com:8200');
  const url = serviceAddress('VAULT_ADDR', address, isDevelopment);
  if (url.kind === 'bad') return url;
  const token = textOf(environment, 'VAULT_TOKEN');
  const path = textOf(environment, 'VAULT_TOKEN_PATH');
  if ((token === null) === (path === null)) return bad('One of VAULT_TOKEN and VAULT_TOKEN_PATH has to be set: a token, or the file in which an agent keeps one');
  return good({ url: url.value, namespace: textOf(environment, 'VAULT_NAMESPACE'), token: token === null ? null : new Secret(token), readToken: () => token ?? readTokenFile('VAULT_TOKEN_PATH', path ?? '', readText) });
}

/** A token that somebody else writes into a file. @throws Failure KEY_UNAVAILABLE */
export function readTokenFile(name: string, path: string, readText: ReadText): string {
  let text = '';
  try {
    text = readText(path).trim();
  } catch (thrown) {
    const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : 'an error';
    throw new Failure('KEY_UNAVAILABLE', `Cannot read the token in the file of ${name}: found ${code}, expected a file that this user may read. Nothing was signed or read. See whether the agent that writes it runs.`);
  }
  if (/^[\x21-\x7e]{1,16384}$/.test(text)) return text;
  throw new Failure('KEY_UNAVAILABLE', `Cannot read the token in the file of ${name}: found something that is no token, expected one line. Nothing was signed or read. See whether the agent that writes it runs.`);
}

/** Credentials go there: https, and plain HTTP to this machine in development mode alone. */
export function serviceAddress(name: string, text: string, isDevelopment: boolean): Setting<string> {
  const address = webAddress(name, text);
  if (address.kind === 'bad' || isDevelopment || address.value.startsWith('https:')) return address;
  return bad(`${name} is an http address, expected https: only with PLUMBLINE_MODE=development may a service on this machine do without`);
}
