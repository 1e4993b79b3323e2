import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Failure, failureOf } from '../domain/failure.ts';
import type { Log } from '../flows/ports/log.ts';
import type { Operations } from '../flows/operations.ts';
import type { BodyPlace } from './body-budget.ts';
import { answerOperator } from './operator-answer.ts';
import { failureForm } from './operator-form.ts';
import { operatorPath, readOperatorRequest } from './operator-request.ts';
import type { OperatorRequest } from './operator-request.ts';
import { readBody } from './read-body.ts';

export interface OperatorRoutePorts {
  readonly operations: Operations;
  readonly log: Log;
}

const mostBytes = 64 * 1024;
/** A few connections with small bodies need no budget. */
const anyPlace: BodyPlace = { take: () => true, close: () => undefined };

/** Answers one request, in lines of JSON; what is refused or fails, as the failure that it is. Never throws. */
export async function takeOperatorRequest({ operations, log }: OperatorRoutePorts, incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
  try {
    const taken = await take(incoming);
    if ('status' in taken) return refuse(outgoing, taken);
    if (changes.has(taken.operation)) log.info('operator asked', toldOf(taken));
    await answer(operations, taken, outgoing);
  } catch (thrown) {
    // After the first line nothing can be taken back: a broken connection says that the answer is not whole.
    if (outgoing.headersSent) outgoing.destroy();
    else refuse(outgoing, { status: 500, failure: failureOf(thrown, 'STORE_UNAVAILABLE') });
  }
}

const changes: ReadonlySet<OperatorRequest['operation']> = new Set(['resume', 'detach', 'erase', 'hold', 'release-hold']);

/** Whose data is to be erased stands in no log. */
function toldOf(request: OperatorRequest): Readonly<Record<string, unknown>> {
  if (request.operation !== 'erase') return { ...request };
  const { asked: _, ...rest } = request;
  return rest;
}

interface Refusal {
  readonly status: 400 | 404 | 405 | 408 | 413 | 415 | 500;
  readonly failure: Failure;
}

async function take(incoming: IncomingMessage): Promise<OperatorRequest | Refusal> {
  if (incoming.url !== operatorPath) return refusal(404, 'there is nothing at this path');
  if (incoming.method !== 'POST') return refusal(405, 'expected POST');
  if (incoming.headers['content-type'] !== 'application/json') return refusal(415, 'expected content type application/json');
  const body = await readBody(incoming, mostBytes, anyPlace);
  if (body.kind === 'broken') return refusal(408, 'it did not arrive whole');
  if (body.kind !== 'whole') return refusal(413, `expected ${mostBytes} bytes at most`);
  const reading = readOperatorRequest(body.bytes);
  return reading.kind === 'request' ? reading.request : refusal(400, reading.why);
}

function refusal(status: Refusal['status'], why: string): Refusal {
  return { status, failure: new Failure('USAGE', `Cannot take the request: ${why}.`) };
}

function refuse(outgoing: ServerResponse, { status, failure }: Refusal): void {
  outgoing.writeHead(status, { 'content-type': 'application/json', connection: 'close' }).end(`${failureForm.write(failure)}\n`);
}

async function answer(operations: Operations, request: OperatorRequest, outgoing: ServerResponse): Promise<void> {
  const lines = answerOperator(operations, request);
  // The first line before the headers: what fails until then is answered as a failure.
  const first = await lines.next();
  outgoing.writeHead(200, { 'content-type': 'application/x-ndjson', connection: 'close' });
  await pipeline(Readable.from(endedLines(first, lines)), outgoing);
}

async function* endedLines(first: IteratorResult<string, void>, lines: AsyncGenerator<string, void>): AsyncGenerator<string> {
  if (first.done === true) return;
  yield `${first.value}\n`;
  for await (const line of lines) yield `${line}\n`;
}
