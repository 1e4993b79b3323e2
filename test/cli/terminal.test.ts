import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { createColors } from 'picocolors';
import { runCommandLine } from '../../src/cli/command-line.ts';
import { processTerminal } from '../../src/cli/terminal.ts';
import { spawnPlumbline } from './run-plumbline.ts';
import { ownThreads } from '../../src/probes/worker-threads/thread-source.ts';

/** Takes every write and says that it could not. */
const fullDevice = '/dev/full';

async function versionTo(flushed: () => Promise<string | null>): Promise<readonly [number, string]> {
  const told: string[] = [];
  const code = await runCommandLine({
    words: ['--version'],
    write: () => {}, flushed, tell: (text) => void told.push(text), color: createColors(false), isWatched: false, environment: {}, directory: '/', now: () => new Date(0), threads: ownThreads,
  });
  return [code, told.join('')];
}

test('a command whose result can not be written says so and ends with 3', async () => {
  assert.deepEqual(await versionTo(async () => 'no space'), [3, 'Cannot write the result to standard output: no space. Run the command again with an output that takes it.\n']);
});

test('a command whose result was taken ends with its own code and says nothing', async () => {
  assert.deepEqual(await versionTo(async () => null), [0, '']);
});

test('a process colours its result on a terminal, and not on a pipe, with NO_COLOR, or on a terminal that is dumb', (context) => {
  const { isTTY } = process.stdout;
  const { NO_COLOR: noColor, TERM: term } = process.env;
  context.after(() => {
    process.stdout.isTTY = isTTY;
    setEnvironment({ NO_COLOR: noColor, TERM: term });
  });
  const isColored = (onTerminal: boolean, environment: Readonly<Record<string, string | undefined>>): boolean => {
    process.stdout.isTTY = onTerminal;
    setEnvironment({ NO_COLOR: undefined, TERM: 'xterm', ...environment });
    return processTerminal().color.red('x') !== 'x';
  };
  assert.deepEqual([isColored(true, {}), isColored(true, { NO_COLOR: '' })], [true, true]);
  assert.deepEqual([isColored(false, {}), isColored(true, { NO_COLOR: '1' }), isColored(true, { TERM: 'dumb' })], [false, false, false]);
});

function setEnvironment(values: Readonly<Record<string, string | undefined>>): void {
  for (const [name, value] of Object.entries(values)) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
}

test('a process on a full device ends with 3, but with its own code when it has nothing to write there', { skip: existsSync(fullDevice) ? false : `this system has no ${fullDevice}` }, async (context) => {
  const directory = mkdtempSync(join(tmpdir(), 'plumbline-terminal-'));
  context.after(() => rmSync(directory, { recursive: true, force: true }));
  const full = await spawnPlumbline(directory, ['--version'], { output: fullDevice });
  const wrong = await spawnPlumbline(directory, ['--wrong'], { output: fullDevice });
  assert.deepEqual([full.code, full.stderr.startsWith('Cannot write the result to standard output: ENOSPC'), wrong.code], [3, true, 64]);
});
