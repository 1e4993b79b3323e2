import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';
import { globProblem } from '../glob/glob-problem.ts';
import { instantOf } from '../instant.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import { describeViolation } from './describe-violation.ts';
import type { Violation } from './describe-violation.ts';

/**
 * Everything that one of our own schemas says against a document, in words. It is compiled with the first document.
 * @param whole What the document is called.
 */
export function ownSchema(schema: JsonObject, whole: string): (value: JsonValue) => readonly Violation[] {
  let validate: ValidateFunction | null = null;
  return (value) => {
    validate ??= compile(schema);
    // That one of several keys is needed is one mistake, told by what asks for one of them.
    const errors = validate(value) ? [] : (validate.errors ?? []).filter(({ schemaPath }) => !schemaPath.includes('/anyOf/'));
    return errors.map((error) => describeViolation(error, whole));
  };
}

function compile(schema: JsonObject): ValidateFunction {
  // For a handful of documents: not worth optimising. A test holds each schema to its meta-schema.
  const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allErrors: true, ownProperties: true, verbose: true, validateSchema: false, code: { optimize: false } });
  ajv.addFormat('end', (text: string) => instantOf(text) !== null);
  ajv.addFormat('glob', (text: string) => globProblem(text) === null);
  return ajv.compile(schema);
}
