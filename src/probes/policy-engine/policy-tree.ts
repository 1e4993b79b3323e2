import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { digestOfBytes } from '../../domain/digest.ts';
import { limits } from '../../domain/limits.ts';
import type { PolicyFile } from '../../domain/policy/policy-file.ts';

/** Where our own file is put in every tree. */
export const ownFolder = 'plumbline-main';

/** Whether a file has a part in policies; anything else in their folder is left alone. */
export function isPolicyPath(path: string): boolean {
  return path.endsWith('.rego') || isDataPath(path);
}

export function isTestPath(path: string): boolean {
  return path.endsWith('_test.rego');
}

/** Why files are no policy tree that may be written to a disk; null when they are one. */
export function objectionToTree(files: readonly PolicyFile[]): string | null {
  if (files.length > limits.policyFiles) return `there are ${files.length} files, expected at most ${limits.policyFiles}`;
  const total = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (total > limits.policyBytes) return `the files have ${total} bytes together, expected at most ${limits.policyBytes}`;
  const seen = new Set<string>();
  for (const { path } of files) {
    const twin = path.normalize('NFC').toLowerCase();
    if (!isSafePath(path)) return `${named(path)} is no path within the policies`;
    if (twin.split('/')[0] === ownFolder) return `${named(path)} is in a folder of Plumbline's own name`;
    if (!isPolicyPath(path)) return `${named(path)} is neither Rego nor a data.json`;
    if (seen.has(twin)) return `${named(path)} is there twice`;
    seen.add(twin);
  }
  return null;
}

/** One name for one content, whatever order the files came in. */
export function treeText(files: readonly PolicyFile[]): string {
  return files.map(({ path, bytes }) => `${path}\n${digestOfBytes(bytes)}\n`).toSorted().join('');
}

/** Into an empty folder of ours. The tree must have met no objection. */
export async function writeTree(folder: string, files: readonly PolicyFile[]): Promise<void> {
  for (const { path, bytes } of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), bytes, { flag: 'wx' });
  }
}

/** Plain names: OPA reads a colon as a place in `data`, and a leading dash or dot is somebody's special case. */
function isSafePath(path: string): boolean {
  return path.length <= 500 && path.split('/').every((segment) => /^[A-Za-z0-9_][A-Za-z0-9_.-]*$/.test(segment) && segment.length <= 100);
}

function isDataPath(path: string): boolean {
  return path === 'data.json' || path.endsWith('/data.json');
}

function named(path: string): string {
  return JSON.stringify(path.slice(0, 80).toWellFormed());
}
