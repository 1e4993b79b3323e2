import type { IncomingMessage } from 'node:http';
import type { BodyBudget } from '../body-budget.ts';
import { readBody } from '../read-body.ts';
import type { Problem } from './problem.ts';

export type JsonBody = { readonly kind: 'bytes'; readonly bytes: Uint8Array } | { readonly kind: 'problem'; readonly problem: Problem };

/** The bytes of a body that says that it is JSON. Nothing of it is read before its sender is known. */
export async function readJsonBody(budget: BodyBudget, incoming: IncomingMessage, mostBytes: number): Promise<JsonBody> {
  if (!/^application\/json\s*(?:;|$)/i.test(incoming.headers['content-type'] ?? '')) return problem({ status: 415, code: 'no_json', detail: 'The body has another type, expected application/json.' });
  const place = budget.open();
  if (place === null) return busy;
  try {
    const body = await readBody(incoming, mostBytes, place);
    switch (body.kind) {
      case 'too-large':
        return problem({ status: 413, code: 'too_large', detail: `The body is larger than ${mostBytes} bytes, expected at most that.` });
      case 'no-room':
        return busy;
      case 'broken':
        return problem({ status: 400, code: 'incomplete', detail: 'The body did not come whole, expected all of it.' });
      case 'whole':
        return { kind: 'bytes', bytes: body.bytes };
    }
  } finally {
    place.close();
  }
}

function problem(its: Problem): Extract<JsonBody, { kind: 'problem' }> {
  return { kind: 'problem', problem: its };
}

const busy = problem({ status: 503, code: 'busy', detail: 'Too many bodies come at once: send it again.', retryAfter: 10 });
