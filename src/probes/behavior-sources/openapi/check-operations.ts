import { digestOfValue } from '../../../domain/digest.ts';
import type { SchemaViolation } from '../../../domain/probe-answer.ts';
import type { JsonObject } from '../../../domain/json-value.ts';
import type { SchemaValidator } from '../../schema-validation/schema-validator.ts';
import { noSignal } from '../no-signal.ts';
import type { NoSignal } from '../no-signal.ts';
import { documentIn, hostOf, statusInWords } from '../read-http-json.ts';
import type { SourceReader } from '../source-reader.ts';
import { operationUrl } from './operation-url.ts';
import { schemaOfResponse } from './schema-of-response.ts';
import { wholeSchema } from './whole-schema.ts';

/** One GET: nothing that could change the service is ever asked. */
export interface OperationToCheck {
  /** As the document names it: `/orders/{id}`. */
  readonly path: string;
  /** What is asked, below the base URL: `/orders/1?full=yes`. */
  readonly at: string;
  /** That the service shall answer with. */
  readonly status: number;
}

export interface OpenApiSource {
  /** What the paths of the document stand below. */
  readonly url: string;
  /** OpenAPI 3.0 or 3.1, read from a governed tree. */
  readonly document: JsonObject;
  readonly operations: readonly OperationToCheck[];
  /** As in `SourceRequest`. */
  readonly secret: string | null;
}

export type OperationAnswer = { readonly kind: 'valid' } | { readonly kind: 'violations'; readonly violations: readonly SchemaViolation[] } | NoSignal;

/** `answers`: one for each operation, in order. */
export type OpenApiAnswer = { readonly kind: 'operations'; readonly answers: readonly OperationAnswer[] } | NoSignal;

/** Bounds what one check costs: each operation may take the reader's whole time. */
const mostOperations = 20;

/** Validates the live response of each operation against the schema that a committed document gives for it. */
export async function checkOperations(reader: SourceReader, validator: Pick<SchemaValidator, 'validate'>, source: OpenApiSource): Promise<OpenApiAnswer> {
  const { length } = source.operations;
  if (length === 0 || length > mostOperations) return noSignal(`${length} operations are listed, expected 1 to ${mostOperations}`);
  const answers: OperationAnswer[] = [];
  for (const operation of source.operations) answers.push(await checkOperation(reader, validator, source, operation));
  return { kind: 'operations', answers };
}

async function checkOperation(reader: SourceReader, validator: Pick<SchemaValidator, 'validate'>, source: OpenApiSource, operation: OperationToCheck): Promise<OperationAnswer> {
  const url = operationUrl(source.url, operation);
  if (url === null) return noSignal('what is asked is not the path of the operation, expected one that fits it');
  const response = await reader.read({ url, secret: source.secret, status: operation.status });
  if (response.kind === 'no-signal') return response;
  if (response.kind === 'other-status') return otherStatus(response.status, url, source, operation);
  const described = schemaOfResponse(source.document, operation.path, operation.status, response.mediaType);
  if (described.kind === 'none') return noSignal(described.why);
  const whole = wholeSchema(source.document, described.schema);
  if (whole.kind === 'unusable') return noSignal(`the document can not be applied: ${whole.why}`);
  const body = documentIn(response.bytes, url);
  if (body.kind === 'no-signal') return body;
  const blob = digestOfValue(whole.schema);
  const [answer] = await validator.validate([{ schema: { kind: 'document', blob, value: whole.schema }, value: body.value }]);
  if (answer?.kind === 'valid' || answer?.kind === 'violations') return answer;
  return noSignal(`the response could not be validated: ${answer?.why ?? 'there was no answer'}`);
}

/** A service that is in trouble or wants to know who asks says nothing about the operation; any other status does. */
function otherStatus(status: number, url: string, source: OpenApiSource, operation: OperationToCheck): OperationAnswer {
  if (status >= 500 || [0, 401, 403, 407, 408, 425, 429].includes(status)) return noSignal(`${hostOf(url)} ${statusInWords(status, source.secret !== null)}, expected ${operation.status}`);
  return { kind: 'violations', violations: [{ pointer: '', keyword: 'status', message: `answered ${status}, expected ${operation.status}` }] };
}
