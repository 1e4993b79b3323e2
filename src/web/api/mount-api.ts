import { createHash } from 'node:crypto';
import type { Log } from '../../flows/ports/log.ts';
import type { Web, WebContext } from '../create-web.ts';
import { apiOperations } from './api-operations.ts';
import type { OperationPorts } from './api-operations.ts';
import { clientAddressOf } from './client-address.ts';
import { admittedOf } from './known-operation.ts';
import { piecesResponse } from './pieces-response.ts';
import { apiPath } from './openapi-document.ts';
import type { ApiAnswer, Operation } from './operation.ts';
import { problemBody } from './problem.ts';
import type { Problem } from './problem.ts';
import type { TakeTurn } from './rate-limit.ts';

export interface ApiPorts extends OperationPorts {
  /** By address, before anything of a request is looked at. */
  readonly takeTurnOfAddress: TakeTurn;
  /** Of the operator's own, that stand before the server. */
  readonly proxies: number;
}

/** What programs ask of the server. What is wrong is told as RFC 9457 says. */
export function mountApi(web: Web, ports: ApiPorts): void {
  const operations = Object.values(apiOperations(ports));
  web.use(`${apiPath}/*`, async (context, next) => {
    const retryAfter = ports.takeTurnOfAddress(clientAddressOf(context.env.incoming, ports.proxies));
    if (retryAfter === null) return await next();
    return toldProblem(context, { status: 429, code: 'too_often', detail: `This address asked too often: ask again after ${retryAfter} seconds.`, retryAfter });
  });
  for (const operation of operations) web[operation.shape.method](routeOf(operation), (context) => respond(context, ports, operation));
  // Whatever else there may be one day is for those who are known.
  for (const [route, those] of Map.groupBy(operations, routeOf)) web.all(route, (context) => refuse(context, ports, { status: 405, code: 'other_method', detail: 'This address answers another method.', allow: those.map(({ shape }) => shape.method.toUpperCase()).join(', ') }));
  web.all(`${apiPath}/*`, (context) => refuse(context, ports, { status: 404, code: 'not_found', detail: 'There is nothing at this address.' }));
}

function routeOf({ shape }: Operation): string {
  return `${apiPath}${shape.path.replaceAll(/\{(\w+)\}/g, ':$1')}`;
}

async function respond(context: WebContext, ports: ApiPorts, operation: Operation): Promise<Response> {
  return responseOf(context, ports.log, await operation.answer({ incoming: context.env.incoming, path: context.req.param(), query: new URL(context.req.url).searchParams }));
}

async function refuse(context: WebContext, ports: ApiPorts, problem: Problem): Promise<Response> {
  const admitted = await admittedOf(ports, context.req.header('authorization'));
  return toldProblem(context, admitted.kind === 'problem' ? admitted.problem : problem);
}

function responseOf(context: WebContext, log: Log, answer: ApiAnswer): Response {
  switch (answer.kind) {
    case 'json':
      return context.json(answer.value, answer.status, answer.location === undefined ? {} : { location: `${apiPath}${answer.location}` });
    case 'file':
      return fileResponse(context, answer);
    case 'pieces':
      return piecesResponse(context, answer, log);
    case 'problem':
      return toldProblem(context, answer.problem);
  }
}

/** Whoever gets it may check with the digest (RFC 9530) that it came whole. */
function fileResponse(context: WebContext, { type, name, bytes }: Extract<ApiAnswer, { kind: 'file' }>): Response {
  const digest = createHash('sha256').update(bytes).digest('base64');
  return context.body(Uint8Array.from(bytes), 200, { 'content-type': type, 'content-disposition': `attachment; filename="${name}"`, 'content-digest': `sha-256=:${digest}:`, 'content-length': String(bytes.length) });
}

/** Also for what is refused before it reaches the API. */
export function toldProblem(context: WebContext, problem: Problem): Response {
  if (problem.status === 401) context.header('www-authenticate', 'Bearer');
  if (problem.retryAfter !== undefined) context.header('retry-after', String(problem.retryAfter));
  if (problem.allow !== undefined) context.header('allow', problem.allow);
  // The body was perhaps not read to its end.
  context.header('connection', 'close');
  return context.body(problemBody(problem), problem.status, { 'content-type': 'application/problem+json' });
}
