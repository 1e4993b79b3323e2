import { digestOfValue } from '../digest.ts';
import { quoted } from '../finding.ts';
import { instantOf } from '../instant.ts';
import { isJsonObject } from '../json-value.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import { readKeyMaterial } from './key-material.ts';
import type { PublicKey } from './public-key.ts';

/** One thing wrong with a key file. */
export interface KeysProblem {
  readonly pointer: string;
  readonly expected: string;
  readonly found: string;
}

export interface KeysReading {
  /** Only meant to be used when there is no problem. */
  readonly keys: readonly PublicKey[];
  readonly problems: readonly KeysProblem[];
}

/** RFC 7518 sections 6.2.2, 6.3.2 and 6.4. */
const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k'];

/** Reads a JWKS (RFC 7517): public keys only, each told apart by its id, each of a kind that can verify a contract. */
export function readKeys(value: JsonValue): KeysReading {
  const listed = isJsonObject(value) && Object.hasOwn(value, 'keys') ? value['keys'] : undefined;
  if (!Array.isArray(listed)) return { keys: [], problems: [{ pointer: '', expected: 'an object with a list `keys` (RFC 7517)', found: 'none' }] };
  const seen = new Set<string>();
  const read = listed.map((key: JsonValue, index) => readKey(key, `/keys/${index}`, seen));
  return { keys: read.flatMap(({ key }) => key ?? []), problems: read.flatMap(({ problems }) => problems) };
}

interface KeyReading {
  readonly key: PublicKey | null;
  readonly problems: readonly KeysProblem[];
}

function readKey(value: JsonValue, pointer: string, seen: Set<string>): KeyReading {
  if (!isJsonObject(value)) return { key: null, problems: [{ pointer, expected: 'a key object', found: 'another value' }] };
  const leaked = privateMembers.find((name) => Object.hasOwn(value, name));
  const idProblem = idProblemOf(value, pointer, seen);
  if (leaked !== undefined) {
    const expected = 'public keys only; replace this key, it is known now';
    return { key: null, problems: [...idProblem, { pointer: `${pointer}/${leaked}`, expected, found: `the private part \`${leaked}\`` }] };
  }
  const material = readKeyMaterial(value, pointer);
  const problems = [...idProblem, ...material.problems, ...useProblems(value, pointer)];
  return { key: problems.length > 0 || material.kind === null ? null : publicKey(value, material.kind, material.material), problems };
}

function idProblemOf(key: JsonObject, pointer: string, seen: Set<string>): readonly KeysProblem[] {
  const id = member(key, 'kid');
  if (typeof id !== 'string' || id === '') return [{ pointer, expected: 'a key id `kid`', found: 'none' }];
  if (seen.has(id)) return [{ pointer: `${pointer}/kid`, expected: 'each key id once', found: `${quoted(id)} again` }];
  seen.add(id);
  return [];
}

function useProblems(key: JsonObject, pointer: string): readonly KeysProblem[] {
  const problem = (name: string, expected: string): KeysProblem => ({ pointer: `${pointer}/${name}`, expected, found: 'another value' });
  const texts = ['alg', 'use'].filter((name) => member(key, name) !== undefined && typeof member(key, name) !== 'string').map((name) => problem(name, `\`${name}\` as text`));
  const operations = member(key, 'key_ops');
  const list = operations === undefined || textsOf(operations) !== null ? [] : [problem('key_ops', '`key_ops` as a list of texts')];
  const end = member(key, 'notAfter');
  const isEnd = end === undefined || (typeof end === 'string' && instantOf(end) !== null);
  return [...texts, ...list, ...(isEnd ? [] : [problem('notAfter', '`notAfter` as a day (yyyy-mm-dd) or an instant with its zone')])];
}

function publicKey(key: JsonObject, kind: PublicKey['kind'], material: JsonObject): PublicKey {
  const alg = textOf(key, 'alg');
  const use = textOf(key, 'use');
  const operations = textsOf(member(key, 'key_ops') ?? null);
  const kid = textOf(key, 'kid') ?? '';
  const notAfter = textOf(key, 'notAfter');
  return Object.freeze({ kid, kind, material, alg, use, operations, notAfter, digest: digestOfValue({ kid, material, alg, use, operations, notAfter }) });
}

function member(object: JsonObject, name: string): JsonValue | undefined {
  return Object.hasOwn(object, name) ? object[name] : undefined;
}

function textOf(object: JsonObject, name: string): string | null {
  const value = member(object, name);
  return typeof value === 'string' ? value : null;
}

function textsOf(value: JsonValue): readonly string[] | null {
  if (!Array.isArray(value)) return null;
  const texts = value.filter((one: JsonValue): one is string => typeof one === 'string');
  return texts.length === value.length ? texts : null;
}
