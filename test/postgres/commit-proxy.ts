import { connect, createServer } from 'node:net';
import type { Socket } from 'node:net';
import type { TestContext } from 'node:test';
import type { Draw } from '../github/hostile.ts';

export interface CommitProxy {
  readonly url: string;
  /** How many commits reached the server and were not answered, and how many never reached it. */
  counts(): { readonly unanswered: number; readonly unsent: number };
  /** From now on everything passes. */
  rest(): void;
  /** From now on commits are broken again. */
  resume(): void;
}

/** Stands before a Postgres and breaks connections at a commit, with this probability: half of them before it was sent, half of them when the answer comes. */
export async function startCommitProxy(context: Pick<TestContext, 'after'>, databaseUrl: string, draw: Draw, rate: number): Promise<CommitProxy> {
  const { hostname, port } = new URL(databaseUrl);
  const counts = { unanswered: 0, unsent: 0 };
  let isHostile = true;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(Number(port), hostname);
    let isCut = false;
    const end = (): void => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', end).on('close', () => (sockets.delete(socket), end()));
    }
    client.on('data', (chunk) => {
      if (isHostile && isCommit(chunk) && draw() < rate) {
        isCut = draw() < 0.5;
        counts[isCut ? 'unanswered' : 'unsent'] += 1;
        if (!isCut) return end();
      }
      upstream.write(chunk);
    });
    upstream.on('data', (chunk) => (isCut ? end() : client.write(chunk)));
  });
  const listening = Promise.withResolvers<void>();
  server.listen(0, '127.0.0.1', () => listening.resolve());
  await listening.promise;
  context.after(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const address = server.address();
  const url = new URL(databaseUrl);
  url.port = String(typeof address === 'object' ? address?.port : '');
  return { url: url.toString(), counts: () => ({ ...counts }), rest: () => void (isHostile = false), resume: () => void (isHostile = true) };
}

function isCommit(chunk: Buffer): boolean {
  return /commit\0/i.test(chunk.toString('latin1'));
}
