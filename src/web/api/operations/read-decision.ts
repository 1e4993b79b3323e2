import type { StoreSearch } from '../../../flows/ports/store-search.ts';
import { decisionForm } from '../decision-form.ts';
import { problemAnswer } from '../operation.ts';
import type { ApiAnswer, Asked, OperationShape } from '../operation.ts';
import { parameters } from '../parameters.ts';
import { roles } from '../principal.ts';
import type { Reading } from '../reading.ts';

export const readDecision = {
  method: 'get',
  path: '/decisions/{decision}',
  summary: 'One decision, with its whole record.',
  roles,
  inPath: { decision: parameters.decision },
  inQuery: { account: parameters.account },
  inHeader: {},
  body: null,
  answers: { 200: { description: 'The decision.', type: 'application/json', schema: { $ref: '#/components/schemas/Decision' } } },
  problems: { 404: '`not_found`: the account has no such decision.' },
} as const satisfies OperationShape;

export async function answerDecision({ search }: { readonly search: StoreSearch }, { path }: Asked<typeof readDecision>, { account }: Reading): Promise<ApiAnswer> {
  const record = await search.decision(account, path.decision ?? '');
  if (record === null) return problemAnswer({ status: 404, code: 'not_found', detail: `There is no such decision of account ${account}.` });
  return { kind: 'json', status: 200, value: decisionForm(record) };
}
