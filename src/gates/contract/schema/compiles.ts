import type { Evidence } from '../../../domain/evidence.ts';
import type { RequestOf } from '../../../domain/probe-request.ts';
import type { JudgedSchema } from './schema-world.ts';

/** Asks whether what the change has compiles: the change gate's own question, which is answered once. */
export function compileRequest({ inResult }: JudgedSchema): RequestOf<'validation'> | null {
  if (inResult.kind !== 'document') return null;
  const { blob, document } = inResult;
  return { kind: 'validation', schema: { kind: 'document', blob, value: document.value }, blob, value: document.value };
}

/** `no`: the change gate refuses it, and nothing is compared. `undecided`: not within the limits. `unknown`: machine trouble. */
export function compiles(file: JudgedSchema, evidence: Evidence): 'yes' | 'no' | 'undecided' | 'unknown' {
  const request = compileRequest(file);
  if (request === null) return 'no';
  const answer = evidence.find(request);
  if (answer?.kind !== 'answered') return 'unknown';
  if (answer.value.kind === 'undecided') return 'undecided';
  return answer.value.kind === 'valid' || answer.value.kind === 'violations' ? 'yes' : 'no';
}
