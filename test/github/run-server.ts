import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { GitHubServer } from './start-github.ts';

const commandLine = join(import.meta.dirname, '..', '..', 'src', 'cli', 'main.ts');

export interface ServerOptions {
  readonly github: GitHubServer;
  readonly dataDirectory: string;
  readonly databaseUrl?: string;
  /** Left out: a free one. A restarted server keeps its port by being given it. */
  readonly port?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** Options for Node itself. */
  readonly node?: readonly string[];
}

/** `plumbline serve` as a child process, the way an operator runs it. */
export interface RunningServer {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
  readonly lines: readonly string[];
  /** SIGTERM, and its exit code. */
  stop(): Promise<number | null>;
  /** SIGKILL: nothing is drained. */
  kill(): Promise<void>;
}

/** Resolves when it listens; rejects with what it printed when it ends before. */
export async function runServer(options: ServerOptions): Promise<RunningServer> {
  const child = spawn(process.execPath, [...(options.node ?? []), commandLine, 'serve'], { env: environmentOf(options), stdio: ['ignore', 'pipe', 'pipe'] });
  const lines: string[] = [];
  const ended = once(child, 'exit');
  const address = new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      createInterface({ input: stream }).on('line', (line) => {
        lines.push(line);
        const found = /listens on (http:\/\/[^\s]+)/.exec(line)?.[1];
        if (found !== undefined) resolve(found);
      });
    }
    child.once('exit', (code) => reject(new Error(`The server ended with ${code} before it listened:\n${lines.join('\n')}`)));
  });
  const url = await address;
  return { url, port: Number(new URL(url).port), pid: child.pid ?? 0, lines, stop: () => end(child, 'SIGTERM', ended), kill: async () => void (await end(child, 'SIGKILL', ended)) };
}

async function end(child: ChildProcess, signal: NodeJS.Signals, ended: Promise<unknown[]>): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) child.kill(signal);
  await ended;
  return child.exitCode;
}

function environmentOf({ github, dataDirectory, databaseUrl, port, environment }: ServerOptions): NodeJS.ProcessEnv {
  return {
    PATH: process.env['PATH'],
    PLUMBLINE_MODE: 'development',
    APP_ID: String(github.appId),
    PRIVATE_KEY: github.privateKey,
    WEBHOOK_SECRET: github.webhookSecret,
    GITHUB_API_URL: github.url,
    DATA_DIR: dataDirectory,
    PORT: String(port ?? 0),
    POLL_MS: '250',
    GITHUB_WRITES_PER_MINUTE: '100000',
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
    ...environment,
  };
}
