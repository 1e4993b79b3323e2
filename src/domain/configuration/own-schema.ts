import { createRequire } from 'node:module';
import { Ajv } from 'ajv';
import type { ValidateFunction } from 'ajv';
import type * as Dialect2020 from 'ajv/dist/2020.js';
import { tokensOf } from '../document/pointer.ts';
import { globProblem } from '../glob/glob-problem.ts';
import { instantOf } from '../instant.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import { isRepositoryPath } from '../repository-path.ts';
import { isWebUrl } from '../web-url.ts';
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
    // That one of several keys is needed is one mistake, told by what asks for one of them. What a condition asks for tells itself.
    const errors = validate(value) ? [] : (validate.errors ?? []);
    const told = errors.filter(({ schemaPath, keyword }) => !schemaPath.includes('/anyOf/') && keyword !== 'if' && keyword !== 'propertyNames');
    return (told.length > 0 ? told : errors).map((error) => describeViolation(error, whole));
  };
}

function compile(schema: JsonObject): ValidateFunction {
  // For a handful of documents: not worth optimising. A test holds each schema to its meta-schema.
  const ajv = new (classFor(schema))({ strict: true, strictTypes: false, strictRequired: false, allErrors: true, ownProperties: true, verbose: true, validateSchema: false, code: { optimize: false } });
  ajv.addFormat('end', (text: string) => instantOf(text) !== null);
  ajv.addFormat('glob', (text: string) => globProblem(text) === null);
  ajv.addFormat('repository-path', isRepositoryPath);
  ajv.addFormat('template-path', (text: string) => isRepositoryPath(text.replace(/^org:/, '')));
  ajv.addFormat('answer-pointer', (text: string) => text !== '' && tokensOf(text) !== null);
  ajv.addFormat('web-url', isWebUrl);
  ajv.addVocabulary(['x-plumbline-direction', 'x-plumbline-identity', 'x-plumbline-covers', 'x-plumbline-against-base']);
  return ajv.compile(schema);
}

/** Most of our schemas are of draft 7, whose compiler is there already. */
function classFor({ $schema }: JsonObject): typeof Ajv | typeof Dialect2020.Ajv2020 {
  if ($schema !== 'https://json-schema.org/draft/2020-12/schema') return Ajv;
  const library: typeof Dialect2020 = createRequire(import.meta.url)('ajv/dist/2020.js');
  return library.Ajv2020;
}
