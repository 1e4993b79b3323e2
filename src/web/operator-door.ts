import { chmod, lstat, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { once } from 'node:events';
import { join } from 'node:path';
import type { Log } from '../flows/ports/log.ts';
import type { Operations } from '../flows/operations.ts';
import { failureOf } from '../domain/failure.ts';
import { operatorSocket } from './operator-request.ts';
import { takeOperatorRequest } from './operator-route.ts';

export interface OperatorDoorParts {
  /** The data directory, which this process alone has open: whatever socket lies there is of a dead one. */
  readonly directory: string;
  readonly operations: Operations;
  readonly log: Log;
}

export interface OperatorDoor {
  /** Finishes what is in progress for a moment, then hangs up and takes the socket away. */
  stop(): Promise<void>;
}

/** Longest path of a Unix socket on macOS without its end; Linux takes four bytes more. */
const longestPath = 103;
const writableByOthers = 0o022;
const mostConnections = 16;
const drainMs = 2_000;

/**
 * Opens the way in for commands on the same machine, by the same user: HTTP on a Unix socket that nobody else may
 * connect to. Null, with a line in the log, where there can be none; the server runs without it.
 */
export async function openOperatorDoor(parts: OperatorDoorParts): Promise<OperatorDoor | null> {
  const path = join(parts.directory, operatorSocket);
  const server = serverFor(parts);
  try {
    const why = await obstacle(parts.directory, path);
    if (why === null) {
      await listenPrivately(server, path);
      server.on('error', (thrown) => parts.log.error('operator door in trouble', { failure: failureOf(thrown, 'LISTEN_FAILED') }));
      return { stop: () => stop(server, path) };
    }
    parts.log.warn('operator door not opened', { path, why });
  } catch (thrown) {
    parts.log.warn('operator door not opened', { path, failure: failureOf(thrown, 'LISTEN_FAILED') });
  }
  return null;
}

function serverFor({ operations, log }: OperatorDoorParts): Server {
  const server = createServer({ requestTimeout: 10_000, headersTimeout: 5_000, connectionsCheckingInterval: 1_000, maxHeaderSize: 8_192, insecureHTTPParser: false }, (incoming, outgoing) => {
    void takeOperatorRequest({ operations, log }, incoming, outgoing);
  });
  server.maxConnections = mostConnections;
  return server;
}

/** Why there can be no socket, once one of a dead server is out of the way. */
async function obstacle(directory: string, path: string): Promise<string | null> {
  if (Buffer.byteLength(path) > longestPath) return `the path has ${Buffer.byteLength(path)} bytes, expected ${longestPath} at most: set a shorter DATA_DIR`;
  if (((await lstat(directory)).mode & writableByOthers) !== 0) return 'others may write to the data directory and could put their own socket there: take that right away with chmod go-w';
  const found = await lstat(path).catch(() => null);
  if (found !== null && !found.isSocket()) return 'something that is no socket has its name';
  await rm(path, { force: true });
  return null;
}

/** The socket is private from its first moment: it is made while the mask is narrow, and the mask is put back in the same turn. */
async function listenPrivately(server: Server, path: string): Promise<void> {
  const mask = process.umask(0o177);
  try {
    server.listen(path);
  } finally {
    process.umask(mask);
  }
  await once(server, 'listening');
  await chmod(path, 0o600);
}

async function stop(server: Server, path: string): Promise<void> {
  if (!server.listening) return;
  const hangUp = setTimeout(() => server.closeAllConnections(), drainMs);
  const closed = once(server, 'close');
  server.close();
  server.closeIdleConnections();
  await closed;
  clearTimeout(hangUp);
  await rm(path, { force: true });
}
