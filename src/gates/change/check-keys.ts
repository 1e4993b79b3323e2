import { quoted } from '../../domain/finding.ts';
import { isJsonObject } from '../../domain/json-value.ts';
import type { JsonObject, JsonValue } from '../../domain/json-value.ts';

/** One thing wrong with a key file. */
export interface KeysProblem {
  readonly pointer: string;
  readonly expected: string;
  readonly found: string;
}

const publicMembers: Readonly<Record<string, readonly string[]>> = { EC: ['crv', 'x', 'y'], OKP: ['crv', 'x'], RSA: ['n', 'e'] };
/** RFC 7518 sections 6.2.2, 6.3.2 and 6.4. */
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/** What is wrong with a JWKS (RFC 7517): public keys only, each told apart by its id. */
export function checkKeys(value: JsonValue): readonly KeysProblem[] {
  const keys = isJsonObject(value) ? value['keys'] : undefined;
  if (!Array.isArray(keys)) return [{ pointer: '', expected: 'an object with a list `keys` (RFC 7517)', found: 'none' }];
  const ids = keys.map((key: JsonValue) => (isJsonObject(key) ? key['kid'] : undefined));
  return keys.flatMap((key: JsonValue, index) => {
    const pointer = `/keys/${index}`;
    if (!isJsonObject(key)) return [{ pointer, expected: 'a key object', found: 'another value' }];
    return [...idProblems(ids, index, pointer), ...materialProblems(key, pointer)];
  });
}

function idProblems(ids: readonly (JsonValue | undefined)[], index: number, pointer: string): readonly KeysProblem[] {
  const id = ids[index];
  if (typeof id !== 'string' || id === '') return [{ pointer, expected: 'a key id `kid`', found: 'none' }];
  return ids.indexOf(id) === index ? [] : [{ pointer: `${pointer}/kid`, expected: 'each key id once', found: `${quoted(id)} again` }];
}

function materialProblems(key: JsonObject, pointer: string): readonly KeysProblem[] {
  const leaked = privateMembers.find((name) => Object.hasOwn(key, name));
  if (leaked !== undefined) return [{ pointer: `${pointer}/${leaked}`, expected: 'public keys only; replace this key, it is known now', found: `the private part \`${leaked}\`` }];
  const type = key['kty'];
  const members = typeof type === 'string' && Object.hasOwn(publicMembers, type) ? publicMembers[type] : undefined;
  if (members === undefined) return [{ pointer: `${pointer}/kty`, expected: 'kty EC, OKP or RSA', found: typeof type === 'string' ? quoted(type) : 'none' }];
  return members
    .filter((name) => !isBase64Url(key[name]))
    .map((name) => ({ pointer: `${pointer}/${name}`, expected: `\`${name}\` as text in base64url`, found: 'none' }));
}

function isBase64Url(value: JsonValue | undefined): boolean {
  return typeof value === 'string' && /^[A-Za-z0-9_-]+$/.test(value);
}
