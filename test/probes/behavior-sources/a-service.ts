import { createServer } from 'node:http';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { TestContext } from 'node:test';
import type { SourceRules } from '../../../src/probes/behavior-sources/source-rules.ts';
import { createSourceReader } from '../../../src/probes/behavior-sources/source-reader.ts';
import type { SourceReader, SourceReaderOptions } from '../../../src/probes/behavior-sources/source-reader.ts';
import { listenOnLoopback } from '../../builders/listen-on-loopback.ts';

export interface Service {
  readonly port: number;
  /** `127.0.0.1:<port>` */
  readonly host: string;
  readonly url: string;
  /** Path and `authorization` of each request, in order. */
  readonly requests: readonly { readonly path: string; readonly authorization: string | null }[];
}

export interface Identity {
  readonly key: string;
  readonly cert: string;
}

/** A server on a free port of 127.0.0.1 that ends with its test. With an identity it speaks https. */
export async function aService(context: TestContext, answer: (response: ServerResponse, request: IncomingMessage) => void, identity?: Identity): Promise<Service> {
  const requests: { readonly path: string; readonly authorization: string | null }[] = [];
  const listener: RequestListener = (request, response) => {
    requests.push({ path: request.url ?? '', authorization: request.headers.authorization ?? null });
    answer(response, request);
  };
  const server = identity === undefined ? createServer(listener) : createSecureServer(identity, listener);
  const port = await listenOnLoopback(context, server);
  const host = `127.0.0.1:${port}`;
  return { port, host, url: `${identity === undefined ? 'http' : 'https'}://${host}/`, requests };
}

/** Answers 200 with this text as JSON. */
export function json(text: string): (response: ServerResponse) => void {
  return (response) => response.writeHead(200, { 'content-type': 'application/json' }).end(text);
}

/** Allows this machine, and these hosts. */
export function rulesFor(...hosts: readonly string[]): SourceRules {
  return { hosts, allowsLoopback: true };
}

export function aReader(hosts: readonly string[], options: Partial<SourceReaderOptions> = {}): SourceReader {
  return createSourceReader({ rules: rulesFor(...hosts), resolve: async () => ['127.0.0.1'], timeoutMs: 2_000, ...options });
}
