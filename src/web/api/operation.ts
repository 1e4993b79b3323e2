import type { IncomingMessage } from 'node:http';
import type { JsonObject, JsonValue } from '../../domain/json-value.ts';
import type { Parameters, ValuesOf } from './parameter.ts';
import type { Principal, Role } from './principal.ts';
import type { Problem } from './problem.ts';

/** What is said of an operation: routes, what they refuse, and the API's description are made of it. */
export interface OperationShape {
  readonly method: 'get' | 'post';
  /** Below the API's address, with `{name}` for what stands in it. */
  readonly path: string;
  readonly summary: string;
  /** Who may ask, by a token of the operator's issuer; null: whoever has a token of a workflow's run. */
  readonly roles: readonly Role[] | null;
  readonly inPath: Parameters;
  readonly inQuery: Parameters;
  /** Names in lower case; other headers are not looked at. */
  readonly inHeader: Parameters;
  /** Schema of the body; null: there is none. */
  readonly body: JsonObject | null;
  /** By status. */
  readonly answers: Readonly<Record<number, AnswerShape>>;
  /** Problems of its own, by status; what all have in common is added. */
  readonly problems: Readonly<Record<number, string>>;
}

export interface AnswerShape {
  readonly description: string;
  readonly type: 'application/json' | 'application/x-ndjson' | 'application/gzip' | 'text/csv';
  /** What its headers say, by their names. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Null: lines or a file, of which the description tells. */
  readonly schema: JsonObject | null;
}

/** What somebody who is known, and may, asks for. */
export interface Asked<Shape extends OperationShape> {
  readonly principal: Principal;
  readonly path: ValuesOf<Shape['inPath']>;
  readonly query: ValuesOf<Shape['inQuery']>;
  readonly header: ValuesOf<Shape['inHeader']>;
  /** Validated by the schema of the body; null where there is none. */
  readonly body: JsonObject | null;
}

export type ApiAnswer =
  /** `location`: of what it tells about, below the API's address. */
  | { readonly kind: 'json'; readonly status: 200 | 201 | 202; readonly value: JsonValue; readonly location?: string }
  | { readonly kind: 'file'; readonly type: 'application/gzip'; readonly name: string; readonly bytes: Uint8Array }
  /** Lines in pieces, the first of which is there already. Whoever answers MUST end the rest, also where it is not read. */
  | { readonly kind: 'pieces'; readonly type: 'application/x-ndjson' | 'text/csv'; readonly first: string; readonly rest: AsyncGenerator<string, void> }
  | { readonly kind: 'problem'; readonly problem: Problem };

/** A request as it came, nothing of it believed. */
export interface ApiRequest {
  readonly incoming: IncomingMessage;
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
}

export interface Operation {
  readonly shape: OperationShape;
  answer(request: ApiRequest): Promise<ApiAnswer>;
}

export function problemAnswer(problem: Problem): Extract<ApiAnswer, { readonly kind: 'problem' }> {
  return { kind: 'problem', problem };
}
