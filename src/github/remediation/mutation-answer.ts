import { Failure } from '../../domain/failure.ts';
import { refusalOf } from '../../domain/refusal.ts';
import type { WriteAnswer } from '../../domain/remediation/write-answer.ts';
import { listAt, optionalTextAt, valueAt } from '../answer.ts';
import type { Path } from '../answer.ts';
import { redacted } from '../classify.ts';
import { refusalCause } from '../refusal-cause.ts';

/** What a mutation did. An error with a type was decided by GitHub, and nothing was changed; one without is a fault on its way. */
export function mutationAnswer(body: unknown, payload: Path): WriteAnswer {
  const [error] = valueAt(body, ['errors']) === undefined ? [] : listAt(body, ['errors']);
  if (error !== undefined) return refusedBy(error);
  const answer = valueAt(body, payload);
  if (typeof answer === 'object' && answer !== null) return { kind: 'written' };
  throw new Failure('GITHUB_AMBIGUOUS', 'Cannot tell whether something was written: an answer without what it did, expected it', { refusal: refusalOf('broken') });
}

function refusedBy(error: unknown): WriteAnswer {
  const why = redacted(optionalTextAt(error, ['message']) ?? 'no message').slice(0, 300);
  const type = optionalTextAt(error, ['type']);
  if (type === null) throw new Failure('GITHUB_AMBIGUOUS', `Cannot tell whether something was written: GitHub answered "${why}", expected what it did`, { refusal: refusalOf('server') });
  if (type === 'RATE_LIMITED' || type === 'RATE_LIMIT') throw new Failure('GITHUB_RATE_LIMITED', `Cannot write: GitHub answered "${why}", expected what it did`, { refusal: refusalOf('primary_limit') });
  if (type === 'STALE_DATA') return { kind: 'moved' };
  if (type === 'FORBIDDEN' || type === 'INSUFFICIENT_SCOPES') return { kind: 'refused', refusal: refusalOf(refusalCause(403, why) === 'archived' ? 'archived' : 'missing_permission'), why };
  const refusal = refusalOf(type === 'BRANCH_PROTECTION_RULE_VIOLATION' ? 'protected' : type === 'NOT_FOUND' ? 'not_found' : refusalCause(422, why));
  return refusal.retry === 'read_first' ? { kind: 'moved' } : { kind: 'refused', refusal, why };
}
