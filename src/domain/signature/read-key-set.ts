import type { Document } from '../document/document.ts';
import { readOnce } from '../document/read-once.ts';
import type { Position } from '../position.ts';
import type { PublicKey } from './public-key.ts';
import { readKeys } from './read-keys.ts';
import type { KeysReading } from './read-keys.ts';

export type KeySetReading =
  | { readonly kind: 'keys'; readonly keys: readonly PublicKey[] }
  /** `unreadable`: no document, and `why` may quote it; `invalid`: `why` names members and sizes only. */
  | { readonly kind: 'unreadable' | 'invalid'; readonly why: string; readonly position: Position };

/** Reads a key file whole: one thing wrong in it, and none of its keys counts. */
export function readKeySet(bytes: Uint8Array, path: string): KeySetReading {
  const reading = readOnce(bytes, path);
  if (reading.kind === 'problem') return { kind: 'unreadable', why: `${reading.problem.message}, expected ${reading.problem.expected}`, position: reading.problem.position };
  const { keys, problems } = keysOf(reading.document);
  const [problem] = problems;
  if (problem === undefined) return { kind: 'keys', keys };
  const where = problem.pointer === '' ? 'it' : problem.pointer;
  return { kind: 'invalid', why: `${where} has ${problem.found}, expected ${problem.expected}`, position: reading.document.positionOf(problem.pointer) };
}

/** Gates look at the keys in every round, and checking one costs more than reading it. */
const remembered = new WeakMap<Document, KeysReading>();

function keysOf(document: Document): KeysReading {
  const keys = remembered.get(document) ?? readKeys(document.value);
  remembered.set(document, keys);
  return keys;
}
