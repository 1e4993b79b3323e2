import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { Failure } from '../../domain/failure.ts';
import { limits } from '../../domain/limits.ts';
import type { PolicyFile } from '../../domain/policy/policy-file.ts';
import { isBesidePolicies } from '../../probes/policy-engine/policy-tree.ts';
import { whyUnreadable } from '../why-unreadable.ts';

/** The files of a folder and those in it, but for what stands beside policies. Whether they are policies the engine says. @throws Failure USAGE */
export async function readPolicyFolder(folder: string, named: string): Promise<readonly PolicyFile[]> {
  try {
    const entries = (await readdir(folder, { recursive: true, withFileTypes: true })).filter((entry) => !entry.isDirectory() && !isBesidePolicies(placeOf(folder, join(entry.parentPath, entry.name))));
    const strange = entries.find((entry) => !entry.isFile());
    if (strange !== undefined) throw new Failure('USAGE', `Cannot read the policies in ${JSON.stringify(named)}: ${JSON.stringify(placeOf(folder, join(strange.parentPath, strange.name)))} is ${strange.isSymbolicLink() ? 'a link' : 'no file'}, expected files and folders alone. Put a file in its place.`);
    const paths = entries.map((entry) => join(entry.parentPath, entry.name));
    const sizes = await Promise.all(paths.map(async (path) => (await stat(path)).size));
    const total = sizes.reduce((sum, size) => sum + size, 0);
    if (paths.length > limits.policyFiles || total > limits.policyBytes) throw new Failure('USAGE', `Cannot read the policies in ${JSON.stringify(named)}: ${paths.length} files with ${total} bytes, expected at most ${limits.policyFiles} with ${limits.policyBytes}. Name a folder of policies alone.`);
    if (!paths.some((path) => path.endsWith('.rego'))) throw new Failure('USAGE', `Cannot read the policies in ${JSON.stringify(named)}: found no Rego, expected files named *.rego. Name the folder that holds them.`);
    return await Promise.all(paths.toSorted().map(async (path) => ({ path: placeOf(folder, path), bytes: await readFile(path) })));
  } catch (error) {
    if (error instanceof Failure) throw error;
    throw new Failure('USAGE', `Cannot read the policies in ${JSON.stringify(named)}: ${whyUnreadable(error)}. Name an existing folder.`, { cause: error });
  }
}

function placeOf(folder: string, path: string): string {
  return relative(folder, path).split(sep).join('/');
}
