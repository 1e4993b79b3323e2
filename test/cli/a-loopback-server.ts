import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { TestContext } from 'node:test';
import { listenOnLoopback } from '../builders/listen-on-loopback.ts';

export interface LoopbackAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface LoopbackServer {
  readonly url: string;
  /** `METHOD /path` of each request, in order. */
  readonly requests: readonly string[];
}

/** A server on 127.0.0.1 that answers JSON by method and path, 404 to everything else, and ends with its test. */
export async function aLoopbackServer(context: TestContext, answers: Readonly<Record<string, LoopbackAnswer>>): Promise<LoopbackServer> {
  const requests: string[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    const name = `${request.method ?? ''} ${new URL(request.url ?? '/', 'http://127.0.0.1').pathname}`;
    requests.push(name);
    const { status, body } = answers[name] ?? { status: 404, body: { message: 'Not Found' } };
    response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
    response.end(JSON.stringify(body));
  });
  return { url: `http://127.0.0.1:${await listenOnLoopback(context, server)}`, requests };
}
