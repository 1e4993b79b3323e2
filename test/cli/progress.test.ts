import assert from 'node:assert/strict';
import { mock, test } from 'node:test';
import { createColors } from 'picocolors';
import { watch } from '../../src/cli/progress.ts';
import type { Terminal } from '../../src/cli/terminal.ts';
import { ownThreads } from '../../src/probes/worker-threads/thread-source.ts';

function aTerminal(isWatched: boolean): { readonly terminal: Terminal; readonly told: readonly string[] } {
  const told: string[] = [];
  return { told, terminal: { words: [], write: () => {}, tell: (text) => void told.push(text), color: createColors(false), isWatched, environment: {}, directory: '/', now: () => new Date(0), threads: ownThreads } };
}

test('watch() tells nothing within the first second, then what the run is at, and wipes it at the end', (t) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.after(() => mock.timers.reset());
  const { terminal, told } = aTerminal(true);
  const progress = watch(terminal);
  progress.show('Reading');
  mock.timers.tick(999);
  assert.deepEqual(told, []);
  mock.timers.tick(1);
  progress.show('Judging');
  progress.end();
  progress.end();
  assert.deepEqual(told, ['\r\u001b[2KReading…', '\r\u001b[2KJudging…', '\r\u001b[2K']);
});

test('watch() tells nothing to a pipe, however long it lasts', (t) => {
  mock.timers.enable({ apis: ['setTimeout'] });
  t.after(() => mock.timers.reset());
  const { terminal, told } = aTerminal(false);
  const progress = watch(terminal);
  progress.show('Reading');
  mock.timers.tick(5_000);
  progress.end();
  assert.deepEqual(told, []);
});
