import { createServer } from 'node:http';
import type { Server } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { Failure } from '../domain/failure.ts';
import type { Web } from './create-web.ts';

export interface HttpTimes {
  /** To receive a whole request. Slower senders are hung up on with 408. */
  readonly requestMs: number;
  readonly headersMs: number;
  /** How often those are looked at. */
  readonly checkMs: number;
  /** For answers in progress when the server stops. */
  readonly drainMs: number;
}

export const httpTimes: HttpTimes = { requestMs: 15_000, headersMs: 10_000, checkMs: 1_000, drainMs: 5_000 };

export interface HttpServer {
  readonly port: number;
  /** Takes no new connection, finishes what is in progress, then hangs up. */
  stop(): Promise<void>;
}

/** @throws Failure LISTEN_FAILED */
export async function listen(web: Web, address: { readonly host: string; readonly port: number }, times: HttpTimes = httpTimes): Promise<HttpServer> {
  const listener = getRequestListener((request, env) => web.fetch(request, env), { overrideGlobalObjects: false, errorHandler: () => new Response('bad request\n', { status: 400 }) });
  const server = createServer(
    {
      requestTimeout: times.requestMs,
      headersTimeout: times.headersMs,
      connectionsCheckingInterval: times.checkMs,
      keepAliveTimeout: 65_000,
      maxHeaderSize: 16_384,
      insecureHTTPParser: false,
    },
    (incoming, outgoing) => void listener(incoming, outgoing),
  );
  await opened(server, address);
  const bound = server.address();
  return { port: typeof bound === 'object' && bound !== null ? bound.port : address.port, stop: () => closed(server, times.drainMs) };
}

function opened(server: Server, { host, port }: { readonly host: string; readonly port: number }): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (thrown: Error & { readonly code?: string }) => reject(refused(host, port, thrown)));
    server.listen({ host, port, backlog: 1_024 }, () => {
      server.removeAllListeners('error');
      resolve();
    });
  });
}

function refused(host: string, port: number, thrown: Error & { readonly code?: string }): Failure {
  const why: Readonly<Record<string, string>> = {
    EADDRINUSE: 'another program listens there. Stop it, or set PORT',
    EACCES: 'this user may not listen there. Set PORT to 1024 or more',
    EADDRNOTAVAIL: 'this machine has no such address. Set HOST',
  };
  return new Failure('LISTEN_FAILED', `Cannot listen on ${host} port ${port}: ${why[thrown.code ?? ''] ?? thrown.message}.`, { cause: thrown });
}

function closed(server: Server, drainMs: number): Promise<void> {
  return new Promise((resolve) => {
    const hangUp = setTimeout(() => server.closeAllConnections(), drainMs);
    server.close(() => {
      clearTimeout(hangUp);
      resolve();
    });
    server.closeIdleConnections();
  });
}
