import { askedOnce } from '../../domain/asked-once.ts';
import { findBuiltinSchema } from '../../domain/contract/builtin-schemas.ts';
import type { ValidationAnswer } from '../../domain/probe-answer.ts';
import { isSchema } from '../../domain/json-schema/is-schema.ts';
import type { JsonValue } from '../../domain/json-value.ts';
import { validatorOf } from './validator-of.ts';
import type { Validate } from './validator-of.ts';

/** @param name As it stands after `builtin:`. */
export type BuiltinValidator = (name: string, value: JsonValue) => ValidationAnswer;

/**
 * Holds documents against the schemas that ship with Plumbline. Nobody but us writes those, and whatever stands in a document
 * they take no longer than its length asks for, so that it needs no thread which can be stopped. Loaded with the first document.
 */
export const loadBuiltinValidator: () => Promise<BuiltinValidator> = askedOnce(async () => {
  const { loadCompiler } = await import('./load-dialect.ts');
  const compile = await loadCompiler('draft-07');
  const compiled = new Map<string, Validate>();
  return (name, value) => {
    const validate = compiled.get(name) ?? compileNamed(name);
    if (validate === null) return { kind: 'unusable', why: `Plumbline has no builtin schema ${JSON.stringify(name.slice(0, 80))}` };
    compiled.set(name, validate);
    return validate(value);
  };

  function compileNamed(name: string): Validate | null {
    const schema = findBuiltinSchema(name);
    return isSchema(schema) ? validatorOf(compile(schema)) : null;
  }
});
