import { lstat, mkdir, realpath, writeFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { readDocument } from '../../domain/document/read-document.ts';
import { writeDocument } from '../../domain/document/write-document.ts';
import { Failure } from '../../domain/failure.ts';
import { isJsonObject } from '../../domain/json-value.ts';
import type { JsonObject } from '../../domain/json-value.ts';
import { limits } from '../../domain/limits.ts';
import { readAtMost } from '../read-at-most.ts';

/** A document that is there already, whatever it lacks; null where there is none. @throws Failure USAGE for what is no JSON object */
export async function readKnownEvidence(root: string, path: string): Promise<JsonObject | null> {
  const file = join(root, path);
  const kind = await kindAt(file);
  if (kind === 'nothing') return null;
  if (kind !== 'file') throw new Failure('USAGE', `Cannot write ${JSON.stringify(path)}: it is no plain file, expected one or none. Take it away.`);
  const reading = readDocument(await readAtMost(file, path, limits.evidenceBytes, 'Check its permissions.'), 'json');
  if (reading.kind === 'document' && isJsonObject(reading.document.value)) return reading.document.value;
  const why = reading.kind === 'problem' ? `line ${reading.problem.position.line}, column ${reading.problem.position.column}: ${reading.problem.message}` : 'it is no object';
  throw new Failure('USAGE', `Cannot bind ${JSON.stringify(path)} to the change: ${why}, expected an evidence document. Correct it, or take it away.`);
}

/** Never writes through a symbolic link to somewhere else: what stands in a repository may be from anybody. */
export async function writeEvidence(root: string, path: string, document: JsonObject): Promise<void> {
  const file = join(root, path);
  const folder = dirname(file);
  const top = await realpath(root);
  await mkdir(await inside(top, folder), { recursive: true });
  if (!`${await realpath(folder)}${sep}`.startsWith(`${top}${sep}`)) throw leaves(path);
  await writeFile(file, writeDocument(document, 'json'));
}

/** The folder, where the nearest folder above that is there already is in the repository. */
async function inside(top: string, folder: string): Promise<string> {
  let above = folder;
  while ((await kindAt(above)) === 'nothing') above = dirname(above);
  if (!`${await realpath(above)}${sep}`.startsWith(`${top}${sep}`)) throw leaves(folder);
  return folder;
}

function leaves(path: string): Failure {
  return new Failure('USAGE', `Cannot write ${JSON.stringify(path)}: its folder is a link that leaves the repository, expected a folder. Replace the link.`);
}

async function kindAt(path: string): Promise<'nothing' | 'file' | 'other'> {
  const found = await lstat(path).catch(() => null);
  if (found === null) return 'nothing';
  return found.isFile() ? 'file' : 'other';
}
