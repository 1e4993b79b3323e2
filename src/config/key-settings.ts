import type { KeyObject } from 'node:crypto';
import type { KeptSecret } from './kept-secret.ts';
import { keptSecretSetting } from './kept-secret-setting.ts';
import type { SecretReading } from './kept-secret-setting.ts';
import { parsePrivateKey, pemOf } from './private-key.ts';
import { Secret } from './secret.ts';
import { bad, good, quoted, textOf } from './settings.ts';
import type { Environment, Setting } from './settings.ts';

const leastRsaBits = 2048;

/** The App's private key, from PRIVATE_KEY, the file that PRIVATE_KEY_PATH names, or Vault. */
export function appKeySetting(reading: Omit<SecretReading, 'check'>): Setting<KeptSecret> {
  const setting = keptSecretSetting('PRIVATE_KEY', { ...reading, check: appKeyIn });
  if (setting.kind === 'bad') return setting;
  return setting.value === null ? bad('PRIVATE_KEY is not set: download a private key from the GitHub App settings and set it, or its file as PRIVATE_KEY_PATH') : good(setting.value);
}

function appKeyIn(text: string | null, said: string): Setting<Secret> {
  const key = parsePrivateKey(text ?? '');
  if (key === null) return bad(`${said} holds no private key, expected the PEM file from the GitHub App settings (as it is, with \\n for line ends, or in base64)`);
  return isAppKey(key) ? good(new Secret(pemOf(key))) : bad(`${said} holds a key of type ${quoted(kindOf(key))}, expected RSA with ${leastRsaBits} bits or more`);
}

/** The Ed25519 key that signs the audit log; null when it is kept in the data directory or in a key service. */
export function logKeySetting(environment: Environment, isDevelopment: boolean): Setting<Secret | null> {
  const text = textOf(environment, 'LOG_KEY');
  if (text === null) {
    if (isDevelopment || textOf(environment, 'DATABASE_URL') === null || textOf(environment, 'LOG_KEY_REF') !== null) return good(null);
    return bad('LOG_KEY is not set: with DATABASE_URL all replicas sign with one key; make one with `openssl genpkey -algorithm ed25519`');
  }
  const key = parsePrivateKey(text);
  if (key === null) return bad('LOG_KEY holds no private key, expected an Ed25519 key in PEM form: make one with `openssl genpkey -algorithm ed25519`');
  return key.asymmetricKeyType === 'ed25519' ? good(new Secret(pemOf(key))) : bad(`LOG_KEY holds a key of type ${quoted(kindOf(key))}, expected Ed25519`);
}

function isAppKey(key: KeyObject): boolean {
  return key.asymmetricKeyType === 'rsa' && (key.asymmetricKeyDetails?.modulusLength ?? 0) >= leastRsaBits;
}

function kindOf(key: KeyObject): string {
  const bits = key.asymmetricKeyDetails?.modulusLength;
  return `${key.asymmetricKeyType ?? 'unknown'}${bits === undefined ? '' : ` with ${bits} bits`}`;
}
