import type { IncomingMessage } from 'node:http';
import { failureOf } from '../domain/failure.ts';
import type { Received, VerifiedDelivery } from '../flows/receive-delivery.ts';
import type { Log } from '../flows/ports/log.ts';
import type { BodyBudget } from './body-budget.ts';
import { parsePayload } from './parse-payload.ts';
import { readBody } from './read-body.ts';
import { isSignature } from './signature.ts';
import type { VerifySignature } from './signature.ts';

export interface WebhookPorts {
  readonly verify: VerifySignature;
  readonly receive: (delivery: VerifiedDelivery) => Promise<Received>;
  readonly budget: BodyBudget;
  readonly log: Log;
  readonly mostBytes: number;
}

export interface Answer {
  readonly status: 202 | 400 | 401 | 413 | 415 | 503;
  readonly text: string;
  /** Seconds. */
  readonly retryAfter?: number;
  /** Set where the rest of the body is not read. */
  readonly close?: true;
}

interface Envelope {
  readonly signature: string;
  readonly event: string;
  readonly guid: string;
}

/** Takes one delivery. 202 means that it is in the store; nothing that is not gets a 2xx. */
export async function takeDelivery(ports: WebhookPorts, incoming: IncomingMessage): Promise<Answer> {
  const envelope = readEnvelope(incoming, ports.mostBytes);
  if ('status' in envelope) return envelope;
  const place = ports.budget.open();
  if (place === null) return busy;
  try {
    const body = await readBody(incoming, ports.mostBytes, place);
    switch (body.kind) {
      case 'too-large':
        return tooLarge;
      case 'no-room':
        return busy;
      case 'broken':
        return { status: 400, text: 'body incomplete', close: true };
      case 'whole':
        return await takeBody(ports, envelope, body.bytes);
    }
  } finally {
    place.close();
  }
}

const tooLarge: Answer = { status: 413, text: 'body larger than 25 MB', close: true };
const busy: Answer = { status: 503, text: 'too many bodies at once', retryAfter: 10, close: true };
const unsigned: Answer = { status: 401, text: 'signature missing or wrong' };

/** What can be refused before a byte of the body is read. */
function readEnvelope(incoming: IncomingMessage, mostBytes: number): Envelope | Answer {
  const { headers } = incoming;
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== 'identity') return { status: 415, text: 'content-encoding not accepted', close: true };
  if (!/^application\/json\s*(?:;|$)/i.test(headers['content-type'] ?? '')) return { status: 415, text: 'content type not accepted: set application/json in the webhook settings', close: true };
  if (Number(headers['content-length'] ?? 0) > mostBytes) return tooLarge;
  const signature = only(headers['x-hub-signature-256']);
  if (!isSignature(signature)) return { ...unsigned, close: true };
  const event = only(headers['x-github-event']);
  const guid = only(headers['x-github-delivery']);
  if (event === undefined || !/^[a-z_]{1,64}$/.test(event)) return { status: 400, text: 'x-github-event missing or malformed', close: true };
  if (guid === undefined || !/^[A-Za-z0-9-]{8,64}$/.test(guid)) return { status: 400, text: 'x-github-delivery missing or malformed', close: true };
  return { signature, event, guid };
}

async function takeBody(ports: WebhookPorts, envelope: Envelope, body: Uint8Array): Promise<Answer> {
  if (!(await ports.verify(body, envelope.signature))) return unsigned;
  const payload = parsePayload(body);
  if (payload.kind === 'unusable') {
    ports.log.error('delivery refused: its body is unusable', { guid: envelope.guid, event: envelope.event, why: payload.why });
    return { status: 400, text: `body ${payload.why}` };
  }
  try {
    const received = await ports.receive({ guid: envelope.guid, event: envelope.event, body, payload: payload.value });
    return { status: 202, text: received.receipt };
  } catch (thrown) {
    ports.log.error('delivery not kept', { guid: envelope.guid, event: envelope.event, failure: failureOf(thrown, 'STORE_UNAVAILABLE') });
    return { status: 503, text: 'not kept: the store does not answer', retryAfter: 30 };
  }
}

function only(header: string | readonly string[] | undefined): string | undefined {
  return typeof header === 'string' ? header : undefined;
}
