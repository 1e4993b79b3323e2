import type { Options, ValidateFunction } from 'ajv';
import type { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { metaSchemaUris } from '../../domain/json-schema/dialect.ts';
import type { DialectName, SchemaDialect } from '../../domain/json-schema/dialect.ts';
import type { PlainSchema } from '../../domain/json-schema/is-schema.ts';
import { violationsOf } from './violations-of.ts';

type Validator = Pick<Ajv2020, 'compile' | 'getSchema'>;

export interface Dialect {
  /** Why the schema is none of this dialect; null when it is one. */
  objectionTo(schema: PlainSchema): string | null;
  compile(schema: PlainSchema): ValidateFunction;
}

/**
 * `strict: false`: strict mode refuses most schemas that people have. Without a loader a reference to elsewhere can not be
 * followed: it makes the schema unusable and opens no connection. Each schema has a validator to itself, which has to know the
 * schema by its own address: a `$ref` to `#` is not found otherwise. The precision keeps 19.99 a multiple of 0.01.
 */
const options: Options = { strict: false, ownProperties: true, allErrors: true, logger: false, validateSchema: false, multipleOfPrecision: 9 };

const loaded = new Map<DialectName, Promise<Dialect>>();

/** Draft 4 comes written as draft 7: see `modernSchema`. */
export async function loadDialect(written: SchemaDialect): Promise<Dialect> {
  const name = written === 'draft-04' ? 'draft-07' : written;
  const known = loaded.get(name) ?? load(name);
  loaded.set(name, known);
  return await known;
}

async function load(name: DialectName): Promise<Dialect> {
  const create = await creatorOf(name);
  const check = create().getSchema(metaSchemaUris[name]);
  if (check === undefined) throw new Error(`the meta-schema of ${name} is missing`);
  return {
    objectionTo: (schema) => (check(schema) === true ? null : wordsOf(check)),
    compile: (schema) => create().compile(schema),
  };
}

async function creatorOf(name: DialectName): Promise<() => Validator> {
  if (name === '2020-12') return creator((await import('ajv/dist/2020.js')).Ajv2020);
  if (name === '2019-09') return creator((await import('ajv/dist/2019.js')).Ajv2019);
  const { Ajv } = await import('ajv');
  if (name === 'draft-07') return creator(Ajv);
  const { default: draft06 } = await import('ajv/dist/refs/json-schema-draft-06.json', { with: { type: 'json' } });
  return () => withFormats(new Ajv(options).addMetaSchema(draft06));
}

function creator(validator: new (chosen: Options) => Ajv2020): () => Validator {
  return () => withFormats(new validator(options));
}

function withFormats(validator: Ajv2020): Validator {
  formats.default(validator);
  return validator;
}

function wordsOf(check: ValidateFunction): string {
  const [first] = violationsOf(check.errors ?? []);
  return first === undefined ? 'it is no schema of its dialect' : `at ${first.pointer === '' ? 'its root' : first.pointer} it ${first.message}`;
}
