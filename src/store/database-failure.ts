import { Failure } from '../domain/failure.ts';
import type { FailureCode } from '../domain/failure.ts';

/** What the database threw, as a Failure: out of reach or out of means, or refusing what it was asked to keep. */
export function databaseFailure(thrown: unknown): Failure {
  if (thrown instanceof Failure) return thrown;
  const code = codeOf(thrown);
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (code === diskFull) return new Failure('STORE_UNAVAILABLE', `Cannot write to the store: its disk is full, ${message} (${code}). Nothing was changed. It goes on by itself once there is room.`, { cause: thrown });
  return new Failure(failureCode(code), `Cannot use the store: ${message}${code === null ? '' : ` (${code})`}`, { cause: thrown });
}

/** SQLSTATE disk_full. */
const diskFull = '53100';

/** Whether the same transaction can succeed when run again: it lost against another one, and nothing of it stands. */
export function isConflict(thrown: unknown): boolean {
  const code = codeOf(thrown instanceof Failure ? thrown.cause : thrown);
  return code === '40001' || code === '40P01';
}

/** Classes 22, 23 and 42 of SQLSTATE (and a trigger's refusal) say that the request is wrong; everything else may pass. */
function failureCode(code: string | null): FailureCode {
  return code !== null && /^(22|23|42|P0)/.test(code) ? 'STORE_INCONSISTENT' : 'STORE_UNAVAILABLE';
}

function codeOf(thrown: unknown): string | null {
  if (typeof thrown !== 'object' || thrown === null || !('code' in thrown)) return null;
  return typeof thrown.code === 'string' ? thrown.code : null;
}
