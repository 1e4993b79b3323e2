import { lstat, mkdir, readFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { formatOf, readDocument } from '../../domain/document/read-document.ts';
import { Failure } from '../../domain/failure.ts';
import { isJsonObject } from '../../domain/json-value.ts';
import type { JsonObject, JsonValue } from '../../domain/json-value.ts';
import { readKeys } from '../../domain/signature/read-keys.ts';
import { createFile, replaceFile } from './working-file.ts';

export interface AddedKey {
  /** Writes the file, whole or not at all. */
  keep(): Promise<void>;
}

/** Adds a public key to a JWKS, or begins one. Nothing is written yet. @throws Failure USAGE when the file is none, or has the id already. */
export async function addToKeyFile(path: string, jwk: JsonObject): Promise<AddedKey> {
  if (formatOf(path) !== 'json') throw refused(path, 'another kind of file', 'one that ends with .json');
  const found = await lstat(path).catch(() => null);
  if (found !== null && !found.isFile()) throw refused(path, found.isSymbolicLink() ? 'a symbolic link' : 'no file', 'a file');
  const isThere = found !== null;
  const before = await existingSet(path, isThere);
  const keys = [...(Array.isArray(before['keys']) ? before['keys'] : []), jwk];
  const [problem] = readKeys({ keys }).problems;
  if (problem !== undefined) throw refused(path, `${problem.pointer}: ${problem.found}`, problem.expected);
  const text = `${JSON.stringify({ ...before, keys }, null, 2)}\n`;
  return {
    keep: async () => {
      await mkdir(dirname(path), { recursive: true });
      await (isThere ? replaceFile : createFile)({ file: path, absolute: path }, new TextEncoder().encode(text));
    },
  };
}

async function existingSet(path: string, isThere: boolean): Promise<JsonObject> {
  const value: JsonValue = isThere ? readSet(path, await readFile(path)) : { keys: [] };
  const [problem] = readKeys(value).problems;
  if (problem !== undefined || !isJsonObject(value)) throw refused(path, problem === undefined ? 'another value' : `${problem.pointer}: ${problem.found}`, problem?.expected ?? 'a JWKS');
  return value;
}

function readSet(path: string, bytes: Uint8Array): JsonValue {
  const reading = readDocument(bytes, 'json');
  if (reading.kind === 'document') return reading.document.value;
  throw refused(path, `line ${reading.problem.position.line}: ${reading.problem.found}`, reading.problem.expected);
}

function refused(path: string, found: string, expected: string): Failure {
  return new Failure('USAGE', `Cannot add the key to ${JSON.stringify(path)}: found ${found}, expected ${expected}. Nothing was written. Mend it, or name another with --keys <file>.`);
}
