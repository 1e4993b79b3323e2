import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { ownSettings, shortLived } from '../../builders/short-lived.ts';
import type { LogPlace } from './open-log-store.ts';
import type { WriterLine } from './writer-line.ts';

export interface WriterOptions {
  readonly place: LogPlace;
  /** Which logs it writes; `from`: first of the entries that it tells before it writes, null for none. */
  readonly logs: readonly { readonly account: number; readonly from: number | null }[];
  /** How much at once into each log. */
  readonly lanes: number;
  /** Between two units of work of a lane. */
  readonly pauseMs?: number;
  readonly sealEveryMs?: number;
  /** How far its clock is ahead. */
  readonly clockMs?: number;
  /** Tells what is there, and ends. */
  readonly isLooking?: boolean;
  /** Stays in each transaction for a while, and says so. */
  readonly isHolding?: boolean;
}

/** A process that writes to logs, and everything that it said. */
export interface Writer {
  readonly pid: number;
  readonly lines: readonly WriterLine[];
  /** What it printed beside that. */
  readonly errors: () => string;
  /** Resolves once it said such a line; rejects when it ends before. */
  said(kind: WriterLine['kind'], count?: number): Promise<void>;
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void;
  /** SIGKILL. Resolves when nothing more can come from it. */
  kill(): Promise<void>;
  /** Resolves when it has ended by itself, with its exit code. */
  ended(): Promise<number | null>;
}

/** Killed with the test. */
export function startWriter(context: Pick<TestContext, 'after'>, options: WriterOptions): Writer {
  const child = spawn(process.execPath, [...shortLived, join(import.meta.dirname, 'log-writer.ts'), JSON.stringify(options)], { env: { ...ownSettings() }, stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: WriterLine[] = [];
  const errors: string[] = [];
  let listeners: (() => void)[] = [];
  const onExit = (): void => void child.kill('SIGKILL');
  process.once('exit', onExit);
  context.after(() => child.kill('SIGKILL'));
  child.stderr.on('data', (chunk: Buffer) => void errors.push(chunk.toString()));
  let rest = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    // One that a kill has cut short has no end.
    const whole = (rest + chunk).split('\n');
    rest = whole.pop() ?? '';
    for (const line of whole) lines.push(JSON.parse(line));
    for (const listener of listeners) listener();
  });
  const gone = once(child, 'close').then(() => {
    process.off('exit', onExit);
    for (const listener of listeners) listener();
  });
  const isGone = (): boolean => child.exitCode !== null || child.signalCode !== null;
  return {
    pid: child.pid ?? 0,
    lines,
    errors: () => errors.join(''),
    said: (kind, count = 1) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const isThere = lines.filter((line) => line.kind === kind).length >= count;
          if (!isThere && !isGone()) return;
          listeners = listeners.filter((one) => one !== look);
          if (isThere) resolve();
          else reject(new Error(`the writer ended before it was ${kind}: ${errors.join('')}`));
        };
        listeners.push(look);
        look();
      }),
    signal: (signal) => void child.kill(signal),
    kill: async () => {
      child.kill('SIGKILL');
      await gone;
    },
    ended: async () => {
      await gone;
      return child.exitCode;
    },
  };
}
