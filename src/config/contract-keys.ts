import type { PublicKey } from '../domain/signature/public-key.ts';
import { readKeySet } from '../domain/signature/read-key-set.ts';
import { bad, good } from './settings.ts';
import type { Environment, Setting } from './settings.ts';
import { textOrFileSetting } from './text-or-file.ts';
import type { ReadText } from './text-or-file.ts';

/** Public keys that may sign contracts in every repository, as a JWKS, from CONTRACT_KEYS or the file that CONTRACT_KEYS_PATH names. */
export function contractKeysSetting(environment: Environment, readText: ReadText): Setting<readonly PublicKey[]> {
  const given = textOrFileSetting(environment, 'CONTRACT_KEYS', readText);
  if (given.kind === 'bad') return given;
  if (given.value === null) return good([]);
  const { name, text } = given.value;
  const reading = readKeySet(new TextEncoder().encode(text), 'keys.jwks.json');
  if (reading.kind === 'keys') return good(reading.keys);
  // A private key that was set by mistake must not be quoted.
  return bad(`${name} holds no JWKS of public keys: line ${reading.position.line}: ${reading.kind === 'invalid' ? reading.why : 'no strict JSON'}`);
}
