import { isJsonObject } from '../domain/json-value.ts';
import { parseJson } from '../domain/parse-json.ts';
import type { EntryFacts } from './entry-facts.ts';
import type { Opening } from './entry.ts';
import { readKeyStatement } from './key-statement.ts';
import type { SignedKeyStatement } from './key-statement.ts';

/** What a `key.rotated` says; null when that was erased, or is in a form that this release does not know. The openings are what the entry commits to. */
export function openedStatement({ payload }: EntryFacts, openings: readonly Opening[]): SignedKeyStatement | null {
  const opening = openings.find(({ digest }) => digest === payload?.digest);
  if (opening === undefined) return null;
  const value = parseJson(opening.bytes);
  return isJsonObject(value) ? readKeyStatement(value) : null;
}
