import { isDigest } from '../domain/digest.ts';
import type { Digest } from '../domain/digest.ts';
import { isJsonObject } from '../domain/json-value.ts';
import { parseJson } from '../domain/parse-json.ts';
import type { JsonObject, JsonValue } from '../domain/json-value.ts';
import { opens } from './entry.ts';
import type { Opening } from './entry.ts';
import type { ReadEntry } from './read-entry.ts';

/** What the log says about one release, so that it can be looked up in git. */
export interface ReleaseClaim {
  readonly sequence: number;
  readonly contractId: string;
  readonly version: string;
  readonly branch: string;
  readonly path: string;
  readonly commit: string;
  readonly blob: string;
  readonly bytesDigest: Digest;
  readonly contentHash: Digest;
  /** Members of the file that are not content, as JSON pointers. */
  readonly without: readonly string[];
}

/** Null when the entry does not say where: an older version wrote it, or its payload was erased. */
export function releaseClaim(entry: ReadEntry, openings: readonly Opening[]): ReleaseClaim | null {
  const { sequence, after } = entry;
  const payload = openedPayload(entry, openings);
  if (payload === null || after === null) return null;
  const { contractId, version, branch, path, commit, blob, bytesDigest, without } = payload;
  const isPlace = typeof branch === 'string' && typeof path === 'string' && typeof commit === 'string' && typeof blob === 'string';
  if (!isPlace || typeof contractId !== 'string' || typeof version !== 'string' || !isDigest(bytesDigest) || !isTexts(without)) return null;
  return { sequence, contractId, version, branch, path, commit, blob, bytesDigest, contentHash: after, without };
}

/** The payload that the entry commits to; null when it has none, it was erased, or it is no object in JSON. */
export function openedPayload({ payload }: ReadEntry, openings: readonly Opening[]): JsonObject | null {
  const opening = payload === null ? undefined : openings.find((one) => opens(payload, one));
  if (opening === undefined) return null;
  const value = parseJson(opening.bytes);
  return isJsonObject(value) ? value : null;
}

function isTexts(value: JsonValue | undefined): value is readonly string[] {
  return Array.isArray(value) && value.every((one) => typeof one === 'string');
}
