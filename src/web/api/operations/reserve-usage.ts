import { member } from '../../../domain/configuration/member.ts';
import { digestOfValue } from '../../../domain/digest.ts';
import type { JsonObject } from '../../../domain/json-value.ts';
import type { UsageSource } from '../../../domain/usage/model-usage.ts';
import type { ReservationOutcome, ReservationWanted } from '../../../flows/usage/reserve-usage.ts';
import { windowForm } from '../../../flows/usage/tell-windows.ts';
import { problemAnswer } from '../operation.ts';
import type { ApiAnswer, Asked, OperationShape } from '../operation.ts';
import { parameters } from '../parameters.ts';
import { accountFor } from '../reading.ts';
import { costOf, costSchema, countOf, tokensSchema } from '../usage-amounts.ts';
import { reservationForm } from '../reservation-form.ts';

const secondsUnlessSaid = 900;

export const reserveUsage = {
  method: 'post',
  path: '/usage/reservations',
  summary: 'Takes room for a call of a model in every quota that limits an agent, or in none.',
  roles: ['operator'],
  inPath: {},
  inQuery: { account: parameters.account },
  inHeader: { 'idempotency-key': parameters.idempotencyKey },
  body: {
    type: 'object',
    additionalProperties: false,
    required: ['repository', 'agent', 'source', 'provider', 'model', 'inputTokens', 'outputTokens'],
    properties: {
      repository: { ...parameters.repository.schema, description: 'Its number at GitHub as a text, or `owner/name`.' },
      agent: { ...parameters.agent.schema, description: 'Login of the agent that uses it.' },
      source: { description: 'Who tells of it: a proxy, or whoever runs the model.', enum: ['proxy', 'provider'] },
      provider: { description: 'As `gen_ai.provider.name`.', type: 'string', minLength: 1, maxLength: 200 },
      model: { description: 'As `gen_ai.request.model`.', type: 'string', minLength: 1, maxLength: 200 },
      inputTokens: { ...tokensSchema, description: 'At most, those of a cache included.' },
      outputTokens: { ...tokensSchema, description: 'At most.' },
      costPicoUsd: costSchema,
      seconds: { description: `Until it counts in full, unless it is settled before; left out: ${secondsUnlessSaid}.`, type: 'integer', minimum: 1, maximum: 86_400 },
    },
  },
  answers: {
    200: { description: 'The same request made it before.', type: 'application/json', schema: { $ref: '#/components/schemas/UsageReservation' } },
    201: { description: 'It was reserved.', type: 'application/json', schema: { $ref: '#/components/schemas/UsageReservation' } },
  },
  problems: {
    404: '`not_found`: the account has no such repository here.',
    409: '`quota_exceeded`: a quota has no room for it, and nothing was reserved. `key_used`: the key stands for another request.',
  },
} as const satisfies OperationShape;

export interface ReservePorts {
  readonly reserveUsage: (wanted: ReservationWanted) => Promise<ReservationOutcome>;
}

export async function answerReservation(ports: ReservePorts, { principal, query, header, body }: Asked<typeof reserveUsage>): Promise<ApiAnswer> {
  const found = accountFor(principal, query.account);
  if (found.kind === 'problem') return found;
  const { account } = found;
  const key = header['idempotency-key'];
  if (key === null) return problemAnswer({ status: 400, code: 'no_key', detail: 'There is no header Idempotency-Key, expected one that no other request of yours has: nothing was reserved.' });
  const wanted = wantedOf(body ?? {});
  const outcome = await ports.reserveUsage({ account, ...wanted, by: principal.subject, key, asked: digestOfValue(body ?? {}) });
  switch (outcome.kind) {
    case 'reserved':
      return { kind: 'json', status: outcome.isNew ? 201 : 200, value: { account, ...reservationForm(outcome.reservation), windows: outcome.windows.map(windowForm) } };
    case 'exceeded':
      return problemAnswer({ status: 409, code: 'quota_exceeded', detail: `Nothing was reserved: ${outcome.windows.map(({ window: { scope, measure, period, to, limit }, used }) => `the ${scope} may use ${limit} of ${measure === 'cost' ? 'pico-dollars' : 'tokens'} in the ${period} that ends at ${to}, and would have used ${used}`).join('; ')}.` });
    case 'key_reused':
      return problemAnswer({ status: 409, code: 'key_used', detail: 'The idempotency key stands for another request: nothing was reserved. Take a new one.' });
    case 'unknown_repository':
      return problemAnswer({ status: 404, code: 'not_found', detail: `Account ${account} has no such repository here, expected one that was judged or is scanned.` });
  }
}

/** The body was validated by its schema. */
function wantedOf(body: JsonObject): Pick<ReservationWanted, 'repository' | 'agent' | 'usage' | 'seconds'> {
  const named = member.text(body, 'repository') ?? '';
  const source: UsageSource = body['source'] === 'provider' ? 'provider' : 'proxy';
  return {
    repository: parameters.repository.read(named) ?? { kind: 'name', name: named },
    agent: member.text(body, 'agent') ?? '',
    usage: { source, provider: member.text(body, 'provider') ?? '', model: member.text(body, 'model') ?? '', inputTokens: countOf(body, 'inputTokens'), outputTokens: countOf(body, 'outputTokens'), cacheReadTokens: 0, cacheCreationTokens: 0, statedCost: costOf(body) },
    seconds: member.number(body, 'seconds') ?? secondsUnlessSaid,
  };
}
