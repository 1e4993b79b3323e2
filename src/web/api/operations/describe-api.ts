import type { JsonObject } from '../../../domain/json-value.ts';
import type { ApiAnswer, OperationShape } from '../operation.ts';
import { roles } from '../principal.ts';

export const describeApi = {
  method: 'get',
  path: '/openapi.json',
  summary: 'This description.',
  roles,
  inPath: {},
  inQuery: {},
  inHeader: {},
  body: null,
  answers: { 200: { description: 'OpenAPI 3.1.', type: 'application/json', schema: { type: 'object' } } },
  problems: {},
} as const satisfies OperationShape;

export async function answerDescription(description: JsonObject): Promise<ApiAnswer> {
  return { kind: 'json', status: 200, value: description };
}
