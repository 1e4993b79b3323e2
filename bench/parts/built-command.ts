import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';

const project = join(import.meta.dirname, '..', '..');

/** Builds what is published into a folder and gives its command: JavaScript, as people install it. */
export function buildCommand(folder: string): string {
  execFileSync(join(project, 'node_modules', '.bin', 'tsc'), ['-p', join(project, 'tsconfig.build.json'), '--outDir', join(folder, 'dist')], { stdio: 'inherit' });
  for (const name of ['node_modules', 'package.json', 'policies', 'schemas']) symlinkSync(join(project, name), join(folder, name));
  return join(folder, 'dist', 'src', 'cli', 'main.js');
}

export const sourceCommand: string = join(project, 'src', 'cli', 'main.ts');
