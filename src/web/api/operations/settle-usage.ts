import { digestOfValue } from '../../../domain/digest.ts';
import type { SettlementOutcome, SettlementWanted } from '../../../flows/usage/settle-usage.ts';
import { windowForm } from '../../../flows/usage/tell-windows.ts';
import { problemAnswer } from '../operation.ts';
import type { ApiAnswer, Asked, OperationShape } from '../operation.ts';
import { parameters } from '../parameters.ts';
import { accountFor } from '../reading.ts';
import { reservationForm } from '../reservation-form.ts';
import { costOf, costSchema, countOf, tokensSchema } from '../usage-amounts.ts';

export const settleUsage = {
  method: 'post',
  path: '/usage/reservations/{id}/settle',
  summary: 'Puts what a call used in the place of what was reserved for it. The same again changes nothing.',
  roles: ['operator'],
  inPath: { id: { ...parameters.decision, description: 'The id of a reservation.' } },
  inQuery: { account: parameters.account },
  inHeader: {},
  body: {
    type: 'object',
    additionalProperties: false,
    required: ['inputTokens', 'outputTokens'],
    properties: {
      inputTokens: { ...tokensSchema, description: 'Those of a cache included.' },
      outputTokens: tokensSchema,
      cacheReadTokens: tokensSchema,
      cacheCreationTokens: tokensSchema,
      costPicoUsd: costSchema,
    },
  },
  answers: { 200: { description: 'It is settled. More than was reserved is charged all the same.', type: 'application/json', schema: { $ref: '#/components/schemas/UsageReservation' } } },
  problems: {
    404: '`not_found`: the account has no such reservation.',
    409: '`expired`: it was not settled in time, and was charged in full. `settled_otherwise`: it was settled with other amounts.',
  },
} as const satisfies OperationShape;

export interface SettlePorts {
  readonly settleUsage: (wanted: SettlementWanted) => Promise<SettlementOutcome>;
}

export async function answerSettlement(ports: SettlePorts, { principal, path, query, body }: Asked<typeof settleUsage>): Promise<ApiAnswer> {
  const found = accountFor(principal, query.account);
  if (found.kind === 'problem') return found;
  const { account } = found;
  const told = body ?? {};
  const used = { inputTokens: countOf(told, 'inputTokens'), outputTokens: countOf(told, 'outputTokens'), cacheReadTokens: countOf(told, 'cacheReadTokens'), cacheCreationTokens: countOf(told, 'cacheCreationTokens'), statedCost: costOf(told) };
  const outcome = await ports.settleUsage({ account, id: path.id ?? '', used, by: principal.subject, asked: digestOfValue(told) });
  switch (outcome.kind) {
    case 'settled':
      return { kind: 'json', status: 200, value: { account, ...reservationForm(outcome.reservation), windows: outcome.windows.map(windowForm) } };
    case 'expired':
      return problemAnswer({ status: 409, code: 'expired', detail: 'It was not settled in time, and was charged as it was reserved: nothing was changed.' });
    case 'settled_otherwise':
      return problemAnswer({ status: 409, code: 'settled_otherwise', detail: 'It was settled with other amounts: nothing was changed.' });
    case 'unknown_reservation':
      return problemAnswer({ status: 404, code: 'not_found', detail: `Account ${account} has no such reservation.` });
  }
}
