import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { once } from 'node:events';

const commandLine = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts');

/** Runs `plumbline …` as a person would, on the store of the demo. */
export async function runCommand(words: readonly string[], dataDirectory: string): Promise<{ readonly code: number; readonly output: string }> {
  const child = spawn(process.execPath, [commandLine, ...words], { env: { PATH: process.env['PATH'], DATA_DIR: dataDirectory, PLUMBLINE_MODE: 'development' }, stdio: ['ignore', 'pipe', 'pipe'] });
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code: child.exitCode ?? 3, output: output + errors };
}
