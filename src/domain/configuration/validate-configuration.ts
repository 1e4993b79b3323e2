import { Ajv } from 'ajv';
import type { ErrorObject, ValidateFunction } from 'ajv';
import schema from '../../../schemas/plumbline-config.schema.json' with { type: 'json' };
import { globProblem } from '../glob/glob-problem.ts';
import type { JsonValue } from '../json-value.ts';
import { isDate, ruleMode } from './rule-mode.ts';

/** Everything that the schema says against a document, glob and date syntax included. Only our own schema is compiled here. */
export function validateConfiguration(value: JsonValue): readonly ErrorObject[] {
  compiled ??= compile();
  return compiled(value) ? [] : (compiled.errors ?? []);
}

let compiled: ValidateFunction | undefined;

function compile(): ValidateFunction {
  // Every command waits for this and validates a handful of documents: not worth optimising. A test holds the schema to its meta-schema.
  const ajv = new Ajv({ strict: true, strictTypes: false, allErrors: true, ownProperties: true, verbose: true, validateSchema: false, code: { optimize: false } });
  ajv.addVocabulary(['x-plumbline-direction', 'x-plumbline-identity']);
  ajv.addFormat('glob', (text: string) => globProblem(text) === null);
  ajv.addFormat('date', isDate);
  ajv.addFormat('rule-mode', (text: string) => ruleMode(text) !== null);
  ajv.addFormat('json-pointer', /^(\/([^~/]|~[01])*)+$/);
  ajv.addFormat('schema-reference', isSchemaReference);
  return ajv.compile(schema);
}

function isSchemaReference(text: string): boolean {
  if (text.startsWith('builtin:')) return /^builtin:[a-z0-9-]+\/v\d+$/.test(text);
  const path = text.startsWith('org:') ? text.slice('org:'.length) : text;
  return !/[:\p{Cc}]/u.test(path) && path.split('/').every((segment) => segment !== '' && segment !== '.' && segment !== '..');
}
