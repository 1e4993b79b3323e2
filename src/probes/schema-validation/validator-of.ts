import type { ValidateFunction } from 'ajv';
import type { ValidationAnswer } from '../../domain/probe-answer.ts';
import { violationsOf } from './violations-of.ts';

export type Validate = (value: unknown) => ValidationAnswer;

/** The answer that a compiled schema gives about a value. */
export function validatorOf(check: ValidateFunction): Validate {
  return (value) => {
    try {
      const valid: unknown = check(value);
      if (valid === true) return { kind: 'valid' };
      if (valid === false) return { kind: 'violations', violations: violationsOf(check.errors ?? []) };
      return { kind: 'undecided', why: 'the schema gave no plain answer' };
    } catch (error) {
      // Documents are too flat to exhaust the stack: it is the schema that goes round, and trying again would not end that.
      if (error instanceof RangeError) return { kind: 'unusable', why: 'applying it does not end' };
      return { kind: 'undecided', why: `the schema could not be applied: ${error instanceof Error ? error.message.slice(0, 200) : 'unknown trouble'}` };
    }
  };
}
