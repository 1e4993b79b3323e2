import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { ownSettings, shortLived } from '../builders/short-lived.ts';

const commandLine = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts');

/** `plumbline …` beside a server, the way an operator runs it. */
export async function spawnPlumbline(words: readonly string[], environment: Readonly<Record<string, string>>): Promise<{ readonly code: number | null; readonly output: string }> {
  const child = spawn(process.execPath, [...shortLived, commandLine, ...words], { env: { ...ownSettings(), PLUMBLINE_MODE: 'development', ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr), once(child, 'exit')]);
  return { code: child.exitCode, output: output + errors };
}
