import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { once } from 'node:events';
import { answerQuery } from './graphql-answers.ts';
import type { Who } from './graphql-answers.ts';
import { drawFault } from './hostile.ts';
import type { Draw, Fault, Hostility } from './hostile.ts';
import type { Identities, Identity } from './identity.ts';
import { isJson, listOf } from './json.ts';
import type { Json } from './json.ts';
import { upstreamToken } from './pull-routes.ts';
import { matchRoute, refuse } from './routes.ts';
import type { Answer, Call, Route } from './routes.ts';
import { repositoryShape } from './shapes.ts';
import type { World } from './world.ts';

/** One request as it was served. */
export interface Exchange {
  readonly by: Identity['kind'];
  /** `mint` is an installation token; `query` and `mutation` are GraphQL; `conditional` is a read answered with 304. */
  readonly kind: 'read' | 'conditional' | 'query' | 'mutation' | 'write' | 'mint';
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly requestBody: unknown;
  readonly status: number;
  readonly answerBody: unknown;
  /** What was done to it on purpose. */
  readonly fault: Fault['kind'] | null;
  readonly permissions: Readonly<Record<string, string>> | null;
  /** When it was asked, by the clock of the emulated GitHub, in milliseconds since 1970. */
  readonly at: number;
  /** Monotonic milliseconds. */
  readonly receivedAt: number;
  readonly answeredAt: number;
  /** How long the answer asked the caller to wait; null when it did not. */
  readonly retryAfterMs: number | null;
}

export interface Proxy {
  readonly url: string;
  readonly exchanges: Exchange[];
  /** Errors of the emulation itself: a test that causes one tests nothing. */
  readonly breakdowns: string[];
  serve(request: { readonly method: string; readonly path: string; readonly body?: Json; readonly authorization?: string }): Promise<Answer>;
  beHostile(hostility: Hostility | null, draw: Draw): void;
  /** The next request that matches (`METHOD path`, with ` mutation` behind it for one) meets this fault, then things are normal again. */
  failNext(wanted: RegExp, fault: Fault): void;
  /** Requests that installations may still make, or null for no end. */
  limitTo(remaining: number | null): void;
  stop(): Promise<void>;
}

interface Serving {
  readonly world: World;
  readonly identities: Identities;
  readonly routes: readonly Route[];
  readonly exchanges: Exchange[];
  readonly breakdowns: string[];
  readonly planned: { readonly wanted: RegExp; readonly fault: Fault }[];
  hostility: Hostility | null;
  draw: Draw;
  remaining: number | null;
}

/** Listens on a free port of 127.0.0.1. The world learns the address before the first request. */
export async function startProxy(open: (url: string) => Promise<{ readonly world: World; readonly identities: Identities; readonly routes: readonly Route[] }>): Promise<Proxy> {
  let serving: Serving | null = null;
  const server = createServer((request, response) => {
    if (serving === null) response.writeHead(503).end();
    else {
      const state = serving;
      void respond(state, request, response).catch((thrown: unknown) => {
        state.breakdowns.push(`${request.method} ${request.url}: ${thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown)}`);
        if (response.headersSent) response.destroy();
        else response.writeHead(500, { 'content-type': 'application/json; charset=utf-8' }).end('{"message":"the emulation broke down"}');
      });
    }
  });
  // Nobody's next request meets a connection that is being given up: on a busy machine seconds pass between two.
  server.keepAliveTimeout = 600_000;
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const url = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}`;
  const opened = await open(url);
  const state: Serving = { ...opened, exchanges: [], breakdowns: [], planned: [], hostility: null, draw: () => 1, remaining: null };
  serving = state;
  return {
    url,
    exchanges: state.exchanges,
    breakdowns: state.breakdowns,
    serve: async (request) => (await answerTo(state, { ...request, body: request.body ?? {}, authorization: request.authorization })).answer,
    beHostile: (hostility, draw) => Object.assign(state, { hostility, draw }),
    failNext: (wanted, fault) => state.planned.push({ wanted, fault }),
    limitTo: (remaining) => Object.assign(state, { remaining }),
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

async function respond(serving: Serving, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [at, receivedAt] = [serving.world.now().getTime(), performance.now()];
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  const text = Buffer.concat(chunks).toString('utf8');
  const parsed: unknown = text === '' ? {} : JSON.parse(text);
  const asked = { method: request.method ?? 'GET', path: request.url ?? '/', body: isJson(parsed) ? parsed : {}, authorization: request.headers.authorization };
  const identity = serving.identities.identify(asked.authorization);
  const fault = identity.kind === 'app' || identity.kind === 'installation' ? faultFor(serving, asked) : null;
  if (serving.hostility?.latency !== undefined) await pause(serving.draw() * serving.hostility.latency);
  const performs = fault === null || fault.kind === 'truncate' || fault.kind === 'cut-json' || fault.performed === true;
  const served = performs ? await answerTo(serving, asked) : { answer: refuse(599, 'not performed'), kind: kindOf(asked) };
  const etag = etagOf(asked.method, served.answer);
  const unchanged = etag !== null && request.headers['if-none-match'] === etag && fault === null;
  const status = unchanged ? 304 : served.answer.status;
  record(serving, { asked, identity, served, fault, status, at, receivedAt });
  if (fault !== null) return misbehave(response, fault, served.answer);
  const headers = { ...rateHeaders(serving, identity), ...(etag === null ? {} : { etag }), ...served.answer.headers };
  response.writeHead(status, status === 204 || status === 304 ? headers : { ...headers, 'content-type': 'application/json; charset=utf-8' });
  response.end(status === 204 || status === 304 ? undefined : JSON.stringify(served.answer.body));
}

function faultFor(serving: Serving, asked: Pick<Asked, 'method' | 'path' | 'body'>): Fault | null {
  const mutates = kindOf(asked) === 'mutation';
  const planned = serving.planned.findIndex((one) => one.wanted.test(`${asked.method} ${asked.path}${mutates ? ' mutation' : ''}`));
  if (planned >= 0) return serving.planned.splice(planned, 1)[0]?.fault ?? null;
  return serving.hostility === null ? null : drawFault(serving.hostility, serving.draw, { creates: mutates || (asked.method === 'POST' && asked.path.startsWith('/repos/')) });
}

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: Json;
  readonly authorization: string | undefined;
}

interface Served {
  readonly answer: Answer;
  readonly kind: Exchange['kind'];
}

async function answerTo(serving: Serving, asked: Asked): Promise<Served> {
  const { world, identities } = serving;
  const kind = kindOf(asked);
  const [path = '/', search = ''] = asked.path.split('?');
  const identity = identities.identify(asked.authorization);
  if (identity.kind === 'nobody') return { kind, answer: refuse(401, 'Bad credentials') };
  if (kind === 'mint') {
    if (identity.kind !== 'app') return { kind, answer: refuse(401, 'A JSON web token could not be decoded') };
    const minted = await identities.mint(path.split('/')[3] ?? '', asked.body, identities.issuedAt(asked.authorization));
    return { kind, answer: { ...minted, body: await withRepositories(world, minted.body) } };
  }
  if (identity.kind === 'installation' && serving.remaining !== null && serving.remaining <= 0) return { kind, answer: refuse(403, 'API rate limit exceeded for installation.') };
  if (kind === 'query' || kind === 'mutation') return { kind, answer: { status: 200, body: await answerQuery(world, asked.body, whoIs(world, identity)) } };
  return { kind, answer: await answerRoute(serving, asked, { path, query: new URLSearchParams(search), identity }) };
}

function whoIs(world: World, identity: Identity): Who {
  const sees = (needs: string | null) => (name: string) => seesRepository(world, identity, name, needs);
  return { sender: identity.kind === 'user' ? identity.login : `${world.slug}[bot]`, canSee: sees(null), canRead: sees('contents:read'), canWrite: sees('contents:write'), isGranted: (permission) => identity.kind === 'user' || (identity.kind === 'installation' && identity.permissions[permission] !== undefined) };
}

/** The emulator abbreviates repositories in the answer to a mint. */
async function withRepositories(world: World, body: unknown): Promise<unknown> {
  if (!isJson(body) || !Array.isArray(body['repositories'])) return body;
  return { ...body, repositories: await Promise.all(listOf(body['repositories']).map((one) => repositoryShape(world, String(one['full_name'])))) };
}

async function answerRoute(serving: Serving, asked: Asked, target: { readonly path: string; readonly query: URLSearchParams; readonly identity: Identity }): Promise<Answer> {
  const { world } = serving;
  const { identity } = target;
  const matched = matchRoute(serving.routes, asked.method, target.path);
  const at = matched?.at ?? {};
  const repository = at['owner'] === undefined ? '' : `${at['owner']}/${at['repo']}`;
  const call: Call = { ...target, method: asked.method, body: asked.body, at, repository };
  if (matched === null) {
    if (identity.kind !== 'user') return refuse(404, 'Not Found');
    return world.upstream.call(asked.method, asked.path, asked.method === 'GET' ? null : asked.body, await upstreamToken(call));
  }
  const { needs } = matched.route;
  if (needs === 'app') return identity.kind === 'app' ? matched.route.answer(world, call) : refuse(401, 'A JSON web token could not be decoded');
  if (identity.kind === 'app') return refuse(401, 'Bad credentials');
  if (repository !== '' && !seesRepository(world, identity, repository, null)) return refuse(404, 'Not Found');
  if (repository !== '' && !seesRepository(world, identity, repository, needs)) return refuse(403, 'Resource not accessible by integration');
  return matched.route.answer(world, call);
}

function seesRepository(world: World, identity: Identity, name: string, needs: string | null): boolean {
  const repository = world.repositories.get(name);
  if (repository === undefined) return false;
  if (identity.kind === 'user') return needs !== 'contents:write' || ['admin', 'maintain', 'write'].includes(world.roles.get(`${name}:${identity.login}`) ?? world.roles.get(identity.login) ?? 'none');
  if (identity.kind !== 'installation') return false;
  const [permission = '', level] = needs?.split(':') ?? [];
  const reading = level !== 'write';
  if (!repository.private && reading) return true;
  if (identity.repositoryIds !== null && !identity.repositoryIds.includes(repository.id)) return false;
  return needs === null || identity.permissions[permission] === 'write' || (reading && identity.permissions[permission] === 'read');
}

function kindOf(asked: Pick<Asked, 'method' | 'path' | 'body'>): Exchange['kind'] {
  if (asked.path.endsWith('/access_tokens')) return 'mint';
  if (asked.path === '/graphql') return /^\s*mutation\b/.test(String(asked.body['query'])) ? 'mutation' : 'query';
  return asked.method === 'GET' ? 'read' : 'write';
}

/** Exchanges kept; a long run forgets the later ones. */
const mostKept = 20_000;

function record(serving: Serving, one: { readonly asked: Asked; readonly identity: Identity; readonly served: Served; readonly fault: Fault | null; readonly status: number; readonly at: number; readonly receivedAt: number }): void {
  if (serving.remaining !== null && one.identity.kind === 'installation') serving.remaining -= one.status === 304 ? 0 : 1;
  if (serving.exchanges.length >= mostKept) return;
  const [path = '', query = ''] = one.asked.path.split('?');
  serving.exchanges.push({
    by: one.identity.kind,
    kind: one.status === 304 ? 'conditional' : one.served.kind,
    method: one.asked.method,
    path,
    query,
    requestBody: one.asked.method === 'GET' ? null : one.asked.body,
    status: one.status,
    answerBody: one.served.answer.body,
    fault: one.fault?.kind ?? null,
    permissions: one.identity.kind === 'installation' ? one.identity.permissions : null,
    at: one.at,
    receivedAt: one.receivedAt,
    answeredAt: performance.now(),
    retryAfterMs: retryAfterOf(one.fault),
  });
}

function retryAfterOf(fault: Fault | null): number | null {
  const stated = fault?.kind === 'answer' ? fault.headers?.['retry-after'] : undefined;
  return stated === undefined ? null : Number(stated) * 1_000;
}

function etagOf(method: string, answer: Answer): string | null {
  if (method !== 'GET' || answer.status !== 200) return null;
  return `W/"${createHash('sha256').update(JSON.stringify(answer.body)).digest('hex')}"`;
}

function rateHeaders(serving: Serving, identity: Identity): Record<string, string> {
  if (identity.kind !== 'installation') return {};
  const now = serving.world.now();
  const left = Math.max(0, serving.remaining ?? 5_000);
  return { date: now.toUTCString(), 'x-ratelimit-limit': '5000', 'x-ratelimit-remaining': String(left), 'x-ratelimit-reset': String(Math.floor(now.getTime() / 1000) + 1_800), 'x-ratelimit-resource': 'core' };
}

function misbehave(response: ServerResponse, fault: Fault, answer: Answer): void {
  const json = { 'content-type': 'application/json; charset=utf-8' };
  const body = JSON.stringify(answer.body);
  switch (fault.kind) {
    case 'hang':
      return;
    case 'drop':
      response.destroy();
      return;
    case 'truncate':
      response.writeHead(answer.status, { ...json, 'content-length': String(Buffer.byteLength(body)) });
      response.write(body.slice(0, Math.floor(body.length / 2)), () => response.destroy());
      return;
    case 'cut-json':
      response.writeHead(answer.status, json).end(body.slice(0, Math.floor(body.length / 2)));
      return;
    case 'answer':
      response.writeHead(fault.status, fault.headers ?? {}).end(fault.body);
  }
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
