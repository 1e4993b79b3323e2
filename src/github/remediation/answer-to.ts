import { Failure } from '../../domain/failure.ts';
import type { NotWritten } from '../../domain/remediation/write-answer.ts';

/** What a request answered, or why GitHub did not perform it. Doubt and limits are thrown: they are not GitHub's no. */
export async function answerTo<Answer>(request: () => Promise<Answer>): Promise<{ readonly answer: Answer } | NotWritten> {
  try {
    return { answer: await request() };
  } catch (thrown) {
    if (thrown instanceof Failure && (thrown.code === 'GITHUB_REFUSED' || thrown.code === 'NOT_FOUND') && thrown.refusal !== undefined) return notWritten(thrown, thrown.refusal);
    throw thrown;
  }
}

function notWritten({ message }: Failure, refusal: NonNullable<Failure['refusal']>): NotWritten {
  return refusal.retry === 'read_first' ? { kind: 'moved' } : { kind: 'refused', refusal, why: message };
}
