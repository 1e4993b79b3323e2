import type { BundleRequest, MadeBundle } from '../../../domain/bundle-request.ts';
import type { JsonObject } from '../../../domain/json-value.ts';
import type { AskBundleOutcome, WantedBundle } from '../../../flows/ask-bundle.ts';
import { askedOf } from '../../../flows/bundle-question.ts';
import { bundleRequestForm, hexOf } from '../bundle-form.ts';
import { problemAnswer } from '../operation.ts';
import type { ApiAnswer, Asked, OperationShape } from '../operation.ts';
import { parameters } from '../parameters.ts';
import { auditingRoles } from '../principal.ts';
import type { Reading } from '../reading.ts';

const instant: JsonObject = { description: 'A day, which begins in UTC, or an instant with its zone.', type: 'string', maxLength: 40 };

function question(kind: string, properties: JsonObject): JsonObject {
  return { type: 'object', additionalProperties: false, required: ['kind', ...Object.keys(properties)], properties: { kind: { const: kind }, ...properties } };
}

export const askBundleShape = {
  method: 'post',
  path: '/bundles',
  summary: 'Asks for a bundle: the entries about a pull request, a period or a contract, with their proofs, as one signed file.',
  roles: auditingRoles,
  inPath: {},
  inQuery: { account: parameters.account },
  inHeader: { 'idempotency-key': parameters.idempotencyKey },
  body: {
    type: 'object',
    required: ['kind'],
    oneOf: [
      question('pull-request', { repository: { description: '`owner/name`, as it is called now or was last.', type: 'string', pattern: '^[A-Za-z0-9._-]{1,100}/[A-Za-z0-9._-]{1,100}$' }, number: { type: 'integer', minimum: 1, maximum: 999_999_999 } }),
      question('period', { from: instant, to: { ...instant, description: 'Not part of it. A day, which begins in UTC, or an instant with its zone.' } }),
      question('contract', { id: { description: 'All versions of one contract.', type: 'string', minLength: 1, maxLength: 300 } }),
    ],
  },
  answers: {
    201: { description: 'It is there: `location` leads to its file.', type: 'application/json', headers: { location: 'Of the file.' }, schema: { $ref: '#/components/schemas/BundleRequest' } },
    202: { description: 'It is being made: `location` tells how far that is.', type: 'application/json', headers: { location: 'Of the request.' }, schema: { $ref: '#/components/schemas/BundleRequest' } },
  },
  problems: {
    400: '`invalid_period`: the period has no beginning before its end, or one of them is no time.',
    404: '`nothing_found`: the log has nothing about it.',
    409: '`key_used`: the same `idempotency-key` asked for something else.',
    413: '`too_large`: it is more than one bundle may hold.',
    429: '`too_many_open`: too many bundles of the account are not made yet.',
  },
} as const satisfies OperationShape;

export interface AskBundlePorts {
  /** Keeps the request, and waits a moment for the bundle. */
  readonly askBundle: (wanted: WantedBundle) => Promise<AskBundleOutcome>;
  readonly madeBundle: (account: number, id: MadeBundle['id']) => Promise<MadeBundle | null>;
}

export async function answerAskedBundle(ports: AskBundlePorts, { principal, header, body }: Asked<typeof askBundleShape>, { account }: Reading): Promise<ApiAnswer> {
  const reading = askedOf(body ?? {});
  if (reading.kind === 'problem') return problemAnswer({ status: 400, code: 'invalid_period', detail: `Cannot tell what to bundle: ${reading.why}.` });
  const outcome = await ports.askBundle({ account, subject: principal.subject, key: header['idempotency-key'], asked: reading.asked });
  switch (outcome.kind) {
    case 'key-used':
      return problemAnswer({ status: 409, code: 'key_used', detail: 'The same idempotency-key asked for another bundle before: nothing was changed. Send another key, or the same question.' });
    case 'too-many':
      return problemAnswer({ status: 429, code: 'too_many_open', detail: 'Too many bundles of this account are not made yet: ask again once some are.', retryAfter: 30 });
    case 'asked':
      return await answerOf(ports, outcome.request);
  }
}

async function answerOf({ madeBundle }: AskBundlePorts, request: BundleRequest): Promise<ApiAnswer> {
  const { progress, account, id } = request;
  switch (progress.state) {
    case 'failed':
      return problemAnswer({ status: statusOf(progress.code), code: progress.code, detail: progress.why, ...(statusOf(progress.code) === 503 ? { retryAfter: 60 } : {}) });
    case 'ready': {
      const kept = await madeBundle(account, progress.bundle);
      return kept === null
        ? problemAnswer({ status: 404, code: 'no_longer_kept', detail: 'The bundle was made, and is kept no more: ask for it with another idempotency-key, or without one.' })
        : { kind: 'json', status: 201, location: `/bundles/${hexOf(progress.bundle)}?account=${account}`, value: bundleRequestForm(request, kept) };
    }
    case 'waiting':
    case 'assembling':
      return { kind: 'json', status: 202, location: `/bundle-requests/${id}?account=${account}`, value: bundleRequestForm(request, null) };
  }
}

function statusOf(code: string): 404 | 413 | 503 {
  if (code === 'nothing_found') return 404;
  return code === 'too_large' ? 413 : 503;
}
