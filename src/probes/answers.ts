import type { Answer } from '../domain/probe-answer.ts';
import type { ProbeKind, RequestOf } from '../domain/probe-request.ts';

/** Answers of one kind, by request. One that is left out counts as unavailable. */
export type Answers<Kind extends ProbeKind> = readonly (readonly [RequestOf<Kind>, Answer<Kind>])[];

export interface Unavailable {
  readonly kind: 'unavailable';
  readonly why: string;
}

/** Trouble as an answer, so that a gate can say what it could not learn. */
export function unavailable(cause: unknown): Unavailable {
  return { kind: 'unavailable', why: cause instanceof Error ? cause.message : String(cause) };
}
