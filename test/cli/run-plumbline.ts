import { spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { createColors } from 'picocolors';
import { runCommandLine } from '../../src/cli/command-line.ts';
import { keptThreads } from '../../src/probes/worker-threads/thread-source.ts';
import { ownSettings, shortLived } from '../builders/short-lived.ts';

export interface CommandResult {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly environment?: Readonly<Record<string, string>>;
  /** Options for Node itself. */
  readonly node?: readonly string[];
  /** A file that takes standard output instead. */
  readonly output?: string;
}

const entry = fileURLToPath(new URL('../../src/cli/main.ts', import.meta.url));

/** One after the other the commands of a test take the same ones: to start them costs more than most of what is asked of them. */
const threads = keptThreads();

/** Runs the command line in this process: as fast as a function, with the same words in and the same text and exit code out. */
export async function runPlumbline(directory: string, words: readonly string[], options: { readonly environment?: Readonly<Record<string, string>>; readonly isColored?: boolean } = {}): Promise<CommandResult> {
  const written: string[] = [];
  const told: string[] = [];
  const code = await runCommandLine({
    words,
    write: (text) => void written.push(text),
    tell: (text) => void told.push(text),
    color: createColors(options.isColored ?? false),
    isWatched: false,
    environment: options.environment ?? {},
    directory,
    now: () => new Date(),
    threads,
  });
  return { code, stdout: written.join(''), stderr: told.join('') };
}

/** Runs it as a process of its own, with hardly anything of this process's settings. */
export async function spawnPlumbline(directory: string, words: readonly string[], options: CommandOptions = {}): Promise<CommandResult> {
  const output = options.output === undefined ? 'pipe' : openSync(options.output, 'w');
  const child = spawn(process.execPath, [...shortLived, ...(options.node ?? []), entry, ...words], { cwd: directory, env: { ...ownSettings(), HOME: directory, ...options.environment }, stdio: ['ignore', output, 'pipe'] });
  if (output !== 'pipe') closeSync(output);
  const [stdout, stderr] = await Promise.all([child.stdout, child.stderr].map(async (stream) => Buffer.concat((await stream?.toArray()) ?? []).toString('utf8')));
  const code = child.exitCode ?? (await new Promise<number | null>((resolve) => child.once('close', resolve)));
  return { code, stdout: stdout ?? '', stderr: stderr ?? '' };
}
