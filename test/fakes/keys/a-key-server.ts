import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { TestContext } from 'node:test';
import { listenOnLoopback } from '../../builders/listen-on-loopback.ts';

export interface AskedService {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly body: string;
}

export interface ServiceReply {
  readonly status: number;
  readonly body: object;
}

/** What stands between us and a service, or what the service does on a bad day. */
export const misbehaviours = ['html', 'no-object', 'truncated', 'reset', 'hang', 'status-500', 'status-503', 'status-429', 'huge', 'redirect', 'empty', 'status-404-html'] as const;
export type Misbehaviour = (typeof misbehaviours)[number];

export interface KeyServer {
  readonly url: string;
  readonly asked: AskedService[];
  /** What happens to the next requests, first to first; without one they are answered. */
  readonly misbehave: Misbehaviour[];
  /** Changes a signature before the service encodes it. */
  forge: ((signature: Buffer) => Buffer) | null;
  /** Changes a whole reply. */
  rewrite: ((reply: ServiceReply, asked: AskedService) => ServiceReply) | null;
}

/** An HTTP server on loopback that answers as a service does, and misbehaves when told to. */
export async function aKeyServer(context: TestContext, reply: (asked: AskedService, server: KeyServer) => ServiceReply): Promise<KeyServer> {
  const http = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => {
      const asked = { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body: Buffer.concat(chunks).toString('utf8') };
      server.asked.push(asked);
      const honest = reply(asked, server);
      const { status, body } = server.rewrite?.(honest, asked) ?? honest;
      send(response, status, JSON.stringify(body), server.misbehave.shift());
    });
  });
  const port = await listenOnLoopback(context, http);
  const server: KeyServer = { url: `http://127.0.0.1:${port}`, asked: [], misbehave: [], forge: null, rewrite: null };
  return server;
}

function send(response: ServerResponse, status: number, text: string, misbehaviour: Misbehaviour | undefined): void {
  const json = { 'content-type': 'application/json' };
  switch (misbehaviour) {
    case undefined:
      return void response.writeHead(status, json).end(text);
    case 'html':
      return void response.writeHead(200, { 'content-type': 'text/html' }).end('<html><body>Welcome to the hotel network</body></html>');
    case 'status-404-html':
      return void response.writeHead(404, { 'content-type': 'text/html' }).end('<html>no such page</html>');
    case 'no-object':
      return void response.writeHead(200, json).end('[]');
    case 'empty':
      return void response.writeHead(200, json).end('{}');
    case 'truncated':
      return void response.writeHead(200, json).end(text.slice(0, Math.floor(text.length / 2)));
    case 'reset':
      return void response.writeHead(200, { ...json, 'content-length': '1000' }).write('{', () => response.destroy());
    case 'hang':
      return;
    case 'huge':
      return void response.writeHead(200, json).end(`{"padding":"${'x'.repeat(300 * 1024)}"}`);
    case 'redirect':
      return void response.writeHead(307, { location: '/elsewhere' }).end();
    case 'status-500':
    case 'status-503':
    case 'status-429':
      return void response.writeHead(Number(misbehaviour.slice('status-'.length)), json).end('{}');
  }
}
