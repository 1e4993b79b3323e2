import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { digestOfBytes } from '../../domain/digest.ts';
import { limits } from '../../domain/limits.ts';
import type { PolicyFile } from '../../domain/policy/policy-file.ts';

/** Where our own file is put in every tree. */
export const ownFolder = 'plumbline-main';

/** What stands beside policies and is never read. Every other file is a policy or refused: one that is passed over might have refused. */
export function isBesidePolicies(path: string): boolean {
  return path === '.git' || path.startsWith('.git/') || /(?:^|\/)(?:[^/]*\.md|LICENSE|\.gitignore|\.gitkeep|\.gitattributes|\.manifest)$/.test(path);
}

export function isTestPath(path: string): boolean {
  return path.endsWith('_test.rego');
}

/** Why files are no policy tree that may be written to a disk; null when they are one. */
export function objectionToTree(files: readonly PolicyFile[]): string | null {
  if (files.length > limits.policyFiles) return `there are ${files.length} files, expected at most ${limits.policyFiles}`;
  const total = files.reduce((sum, { bytes }) => sum + bytes.length, 0);
  if (total > limits.policyBytes) return `the files have ${total} bytes together, expected at most ${limits.policyBytes}`;
  const paths = new Set(files.map(({ path }) => path));
  const seen = new Set<string>();
  for (const { path } of files) {
    const twin = path.normalize('NFC').toLowerCase();
    const objection = objectionToPath(path, twin.split('/'), paths);
    if (objection !== null) return `${named(path)} ${objection}`;
    if (seen.has(twin)) return `${named(path)} is there twice`;
    seen.add(twin);
  }
  return null;
}

function objectionToPath(path: string, segments: readonly string[], paths: ReadonlySet<string>): string | null {
  if (!isSafePath(path)) return 'is no path within the policies';
  if (segments[0] === ownFolder) return "is in a folder of Plumbline's own name";
  if (!path.endsWith('.rego') && !isDataPath(path)) return 'is neither Rego (*.rego) nor a data.json, expected nothing else among policies';
  if (segments.slice(0, -1).some((segment) => segment.endsWith('_test'))) return 'is in a folder that is named like a test, expected another name';
  // By its name alone a rule would be taken for a test, and be missing.
  const tested = path.replace(/_test\.rego$/, '.rego');
  return isTestPath(path) && !paths.has(tested) ? `is named like a test, expected ${named(tested)} beside it, or another name` : null;
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
