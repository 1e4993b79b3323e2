import { Ajv } from 'ajv';
import type { ErrorObject, ValidateFunction } from 'ajv';
import schema from '../../../schemas/plumbline-config.schema.json' with { type: 'json' };
import { cronProblem } from '../scan/cron.ts';
import { isZone } from '../usage/calendar-window.ts';
import { globProblem } from '../glob/glob-problem.ts';
import { isJsonObject } from '../json-value.ts';
import type { JsonValue } from '../json-value.ts';
import { isRepositoryPath } from '../repository-path.ts';
import { isWebUrl } from '../web-url.ts';
import { isDate, ruleMode } from './rule-mode.ts';

/** Everything that the schema says against a document, glob and date syntax included. Only our own schema is compiled here. */
export function validateConfiguration(value: JsonValue): readonly ErrorObject[] {
  const met = sections.filter((name) => !compiled.sections.has(name) && isJsonObject(value) && Object.hasOwn(value, name));
  if (compiled.validate === null || met.length > 0) compiled = compile(new Set([...compiled.sections, ...met]));
  return compiled.validate(value) ? [] : (compiled.validate.errors ?? []);
}

const sections = Object.keys(schema.properties);

/** The schema as far as documents had use of it: most have two of its dozen sections, and every command waits for this. */
let compiled: Compiled | { readonly sections: ReadonlySet<string>; readonly validate: null } = { sections: new Set(), validate: null };

interface Compiled {
  readonly sections: ReadonlySet<string>;
  readonly validate: ValidateFunction;
}

/** What no document had yet may be anything. */
function compile(wanted: ReadonlySet<string>): Compiled {
  const properties = Object.fromEntries(Object.entries(schema.properties).map(([name, section]) => [name, wanted.has(name) ? section : true]));
  return { sections: wanted, validate: validator().compile({ ...schema, properties }) };
}

function validator(): Ajv {
  // For a handful of documents: not worth optimising. A test holds the schema to its meta-schema.
  const ajv = new Ajv({ strict: true, strictTypes: false, strictRequired: false, allErrors: true, ownProperties: true, verbose: true, validateSchema: false, code: { optimize: false } });
  ajv.addVocabulary(['x-plumbline-direction', 'x-plumbline-identity', 'x-plumbline-against-base', 'x-plumbline-covers', 'x-plumbline-first-match', 'x-plumbline-left-out']);
  ajv.addFormat('cron', (text: string) => cronProblem(text) === null);
  ajv.addFormat('zone', isZone);
  ajv.addFormat('glob', (text: string) => globProblem(text) === null);
  ajv.addFormat('date', isDate);
  ajv.addFormat('rule-mode', (text: string) => ruleMode(text) !== null);
  ajv.addFormat('json-pointer', /^(\/([^~/]|~[01])*)+$/);
  ajv.addFormat('schema-reference', isSchemaReference);
  ajv.addFormat('bundle-path', (text: string) => isRepositoryPath(text) && text.endsWith('.tar.gz'));
  ajv.addFormat('web-url', isWebUrl);
  return ajv;
}

function isSchemaReference(text: string): boolean {
  if (text.startsWith('builtin:')) return /^builtin:[a-z0-9-]+\/v\d+$/.test(text);
  const path = text.startsWith('org:') ? text.slice('org:'.length) : text;
  return !/[:\p{Cc}]/u.test(path) && path.split('/').every((segment) => segment !== '' && segment !== '.' && segment !== '..');
}
