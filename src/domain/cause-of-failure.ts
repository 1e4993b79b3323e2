import { Failure } from './failure.ts';
import type { RefusalCause } from './refusal.ts';

/** Why the other side said no; null where something else broke. */
export function causeOfFailure(thrown: unknown): RefusalCause | null {
  if (!(thrown instanceof Failure)) return null;
  return thrown.refusal?.cause ?? (thrown.code === 'NOT_FOUND' ? 'not_found' : null);
}
