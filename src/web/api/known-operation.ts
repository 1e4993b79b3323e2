import type { IncomingMessage } from 'node:http';
import { ownSchema } from '../../domain/configuration/own-schema.ts';
import { readDocument } from '../../domain/document/read-document.ts';
import { failureOf } from '../../domain/failure.ts';
import { isJsonObject } from '../../domain/json-value.ts';
import type { JsonObject, JsonValue } from '../../domain/json-value.ts';
import type { Log } from '../../flows/ports/log.ts';
import type { BodyBudget } from '../body-budget.ts';
import { problemAnswer } from './operation.ts';
import type { ApiAnswer, ApiRequest, Asked, Operation, OperationShape } from './operation.ts';
import { principalOf } from './principal.ts';
import type { PrincipalPorts, PrincipalReading } from './principal.ts';
import type { TakeTurn } from './rate-limit.ts';
import { readAsked } from './read-asked.ts';
import { readJsonBody } from './read-json-body.ts';
import type { Problem } from './problem.ts';

export interface KnownPorts {
  /** Null: the server has no issuer, and everybody is answered 401. */
  readonly principals: PrincipalPorts | null;
  /** By subject. */
  readonly takeTurn: TakeTurn;
  readonly budget: BodyBudget;
  readonly log: Log;
}

/** Bytes of a body that people or their programs write. */
const mostBytes = 16 * 1024;

/** An operation for those whom the operator's issuer knows: who they are, how often they may ask, their role, and then what they ask for. */
export function knownOperation<const Shape extends OperationShape>(ports: KnownPorts, shape: Shape, answer: (asked: Asked<Shape>) => Promise<ApiAnswer>): Operation {
  const bodyOf = shape.body === null ? async () => null : bodyReader(ports.budget, shape.body);
  return {
    shape,
    answer: async ({ incoming, path, query }: ApiRequest) => {
      const known = await admittedOf(ports, incoming.headers.authorization);
      if (known.kind === 'problem') return known;
      const { principal } = known;
      if (shape.roles !== null && !shape.roles.some((role) => principal.roles.includes(role))) return problemAnswer({ status: 403, code: 'other_role', detail: `The token has another role than this asks for, expected ${shape.roles.join(' or ')}.` });
      const asked = readAsked<Shape>(shape, { path, query, headers: incoming.headers });
      if (asked.kind === 'problem') return asked;
      const body = await bodyOf(incoming);
      if (body !== null && body.kind === 'problem') return body;
      return await answered(ports.log, shape, () => answer({ principal, path: asked.path, query: asked.query, header: asked.header, body: body?.value ?? null }));
    },
  };
}

/** Who asks, if they may ask now. */
export async function admittedOf({ principals, takeTurn }: Pick<KnownPorts, 'principals' | 'takeTurn'>, authorization: string | undefined): Promise<PrincipalReading> {
  const reading = await principalOf(principals, authorization);
  if (reading.kind === 'problem') return reading;
  const retryAfter = takeTurn(reading.principal.subject);
  return retryAfter === null ? reading : { kind: 'problem', problem: { status: 429, code: 'too_often', detail: `This subject asked too often: ask again after ${retryAfter} seconds.`, retryAfter } };
}

type ReadBody = (incoming: IncomingMessage) => Promise<{ readonly kind: 'value'; readonly value: JsonObject } | { readonly kind: 'problem'; readonly problem: Problem }>;

/** As strictly as any document: a name that stands twice is refused. */
function bodyReader(budget: BodyBudget, schema: JsonObject): ReadBody {
  const violationsOf = ownSchema(schema, 'body');
  const violationsOfKind = new Map(kindsOf(schema).map(([kind, form]) => [kind, ownSchema(form, 'body')] as const));
  return async (incoming) => {
    const body = await readJsonBody(budget, incoming, mostBytes);
    if (body.kind === 'problem') return body;
    const reading = readDocument(body.bytes, 'json');
    if (reading.kind === 'problem') return problemAnswer({ status: 400, code: 'body_invalid', detail: `Cannot read the body: found ${reading.problem.found} at line ${reading.problem.position.line}, expected ${reading.problem.expected}.` });
    const { value } = reading.document;
    const ofKind = isJsonObject(value) ? violationsOfKind.get(value['kind'] ?? null) : undefined;
    const [violation] = [...(ofKind?.(value) ?? []), ...violationsOf(value)];
    if (violation !== undefined || !isJsonObject(value)) return problemAnswer({ status: 400, code: 'body_invalid', detail: violation?.message ?? 'Cannot use the body: found no object, expected one.' });
    return { kind: 'value', value };
  };
}

/** Of a body that is one of several, so that what is wrong is told of the one that was meant. */
function kindsOf({ oneOf }: JsonObject): readonly (readonly [JsonValue, JsonObject])[] {
  return (Array.isArray(oneOf) ? oneOf : []).flatMap((form) => {
    const properties = isJsonObject(form) ? form['properties'] : undefined;
    const kind = isJsonObject(properties) ? properties['kind'] : undefined;
    return isJsonObject(form) && isJsonObject(kind) && kind['const'] !== undefined ? [[kind['const'], form] as const] : [];
  });
}

async function answered(log: Log, { method, path }: OperationShape, answer: () => Promise<ApiAnswer>): Promise<ApiAnswer> {
  try {
    return await answer();
  } catch (thrown) {
    const failure = failureOf(thrown, 'STORE_UNAVAILABLE');
    log.error('api request failed', { method, path, failure });
    if (failure.code === 'AUDIT_TAMPERED') return problemAnswer({ status: 503, code: 'log_broken', detail: 'What the store has does not fit the log. Nothing of it is answered: whoever runs the server verifies it with plumbline audit verify store.' });
    return problemAnswer({ status: 503, code: 'not_answered', detail: 'This could not be answered now. Nothing is wrong with the request: send it again.', retryAfter: 30 });
  }
}
