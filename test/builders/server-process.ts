import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestContext } from 'node:test';
import { listenOnLoopback } from './listen-on-loopback.ts';
import { ownSettings, shortLived } from './short-lived.ts';

export interface ServerProcess {
  /** Base address once it listens; rejects when it ends before. */
  readonly address: Promise<string>;
  readonly exit: Promise<number | null>;
  readonly pid: number;
  output(): string;
  kill(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL' | 'SIGUSR2'): void;
}

/** The server as a process of its own, killed with the test. */
export function aServerProcess(context: TestContext, environment: Readonly<Record<string, string | undefined>>): ServerProcess {
  const child = spawn(process.execPath, [...shortLived, join(import.meta.dirname, '..', '..', 'src', 'main.ts')], { env: { ...ownSettings(), PORT: '0', ...environment }, stdio: ['ignore', 'pipe', 'pipe'] });
  const chunks: Buffer[] = [];
  const listening = Promise.withResolvers<string>();
  const look = (chunk: Buffer): void => {
    chunks.push(chunk);
    const found = /listens on (http:\S+)/.exec(Buffer.concat(chunks).toString());
    if (found?.[1] !== undefined) listening.resolve(found[1]);
  };
  child.stdout.on('data', look);
  child.stderr.on('data', look);
  const exit = once(child, 'close').then(([code]: (number | null)[]) => code ?? null);
  void exit.then(() => listening.reject(new Error(`the server ended: ${Buffer.concat(chunks).toString()}`)));
  listening.promise.catch(() => undefined);
  context.after(async () => {
    child.kill('SIGKILL');
    await exit;
  });
  return { address: listening.promise, exit, pid: child.pid ?? 0, output: () => Buffer.concat(chunks).toString(), kill: (signal) => void child.kill(signal) };
}

export function aDirectory(context: TestContext): string {
  const directory = mkdtempSync(join(tmpdir(), 'plumbline-test-'));
  context.after(() => rmSync(directory, { recursive: true, force: true }));
  return directory;
}

/** A GitHub that is out of order: every call is answered with 503. */
export async function anOutage(context: TestContext): Promise<string> {
  const server = createServer((_incoming, outgoing) => void outgoing.writeHead(503, { 'content-type': 'application/json' }).end('{"message":"out of order"}'));
  return `http://127.0.0.1:${await listenOnLoopback(context, server)}`;
}
