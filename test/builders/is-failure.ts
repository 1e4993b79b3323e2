import { Failure } from '../../src/domain/failure.ts';
import type { FailureCode } from '../../src/domain/failure.ts';

/** For `assert.rejects` and `assert.throws`: a Failure of this code, and of this text where one is given. */
export function isFailure(code: FailureCode, text: RegExp = /./): (thrown: unknown) => boolean {
  return (thrown) => thrown instanceof Failure && thrown.code === code && text.test(thrown.message);
}
