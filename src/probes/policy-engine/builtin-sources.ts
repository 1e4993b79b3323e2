import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import type { PolicyFile } from '../../domain/policy/policy-file.ts';
import { packagePath } from '../package-path.ts';

/** Of the folder `policies`, what is compiled into the built-in rules; what is added to one of them is found there. */
const parts = ['defaults', 'lib', 'rules'] as const;

/** The Rego of the built-in rules with its tests and data, in the order of paths. */
export async function readBuiltinSources(): Promise<readonly PolicyFile[]> {
  const top = packagePath('policies');
  const found = await Promise.all(parts.map(async (part) => await readdir(join(top, part), { recursive: true, withFileTypes: true })));
  const paths = found.flat().filter((entry) => entry.isFile()).map((entry) => relative(top, join(entry.parentPath, entry.name)).split(sep).join('/'));
  return await Promise.all(paths.toSorted().map(async (path) => ({ path, bytes: await readFile(join(top, path)) })));
}
