import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Sources as people wrote them, which packages ship. */
export interface CodeBase {
  readonly name: string;
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

const root = join(import.meta.dirname, '../../../../node_modules');

const shipped = [
  { name: 'ajv', glob: 'lib/**/*.ts' },
  { name: 'pino', glob: '{lib,docs}/*.{js,md}' },
  { name: 'commander', glob: '{lib/*.js,*.md}' },
  { name: 'semver', glob: '{classes,functions,internal,ranges}/*.js' },
  { name: 'picomatch', glob: '{lib/*.js,*.md}' },
  { name: 'yaml', glob: 'dist/**/*.js' },
  { name: 'hono', glob: 'dist/{middleware,helper,utils,router}/**/*.js' },
] as const;

const [smallest, largest] = [800, 100_000];

export function codeBases(): readonly CodeBase[] {
  return shipped.map(({ name, glob }) => {
    const directory = join(root, name);
    const files = globSync(glob, { cwd: directory }).toSorted().map((path) => ({ path, text: readFileSync(join(directory, path), 'utf8') }));
    return { name, files: files.filter(({ text }) => text.length >= smallest && text.length <= largest) };
  });
}
