import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';

const project = join(import.meta.dirname, '..', '..');

/** Builds what is published into a folder and gives its command: JavaScript, as people install it. */
export function buildCommand(folder: string): string {
  execFileSync(join(project, 'node_modules', '.bin', 'tsc'), ['-p', join(project, 'tsconfig.build.json'), '--outDir', join(folder, 'dist')], { stdio: 'inherit' });
  symlinkSync(join(project, 'node_modules'), join(folder, 'node_modules'));
  return join(folder, 'dist', 'src', 'cli', 'main.js');
}

export const sourceCommand: string = join(project, 'src', 'cli', 'main.ts');
