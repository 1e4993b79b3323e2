import type { Options, ValidateFunction } from 'ajv';
import type { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { metaSchemaUris } from '../../domain/json-schema/dialect.ts';
import type { DialectName, SchemaDialect } from '../../domain/json-schema/dialect.ts';
import type { PlainSchema } from '../../domain/json-schema/is-schema.ts';
import { schemaParts } from '../../domain/json-schema/schema-parts.ts';
import { aroundKnownErrors } from './around-known-errors.ts';
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
 * schema by its own address: a `$ref` to `#` is not found otherwise. The precision keeps 19.99 a multiple of 0.01. What is
 * referred to is compiled once and called, and its code left as it is written: copying and polishing it took two thirds of
 * the time that a large schema takes.
 */
const options: Options = { strict: false, ownProperties: true, allErrors: true, logger: false, validateSchema: false, multipleOfPrecision: 9, inlineRefs: false, code: { optimize: false } };

const loaded = new Map<DialectName, Promise<Dialect>>();

/** Draft 4 comes written as draft 7: see `modernSchema`. */
export async function loadDialect(written: SchemaDialect): Promise<Dialect> {
  const name = written === 'draft-04' ? 'draft-07' : written;
  const known = loaded.get(name) ?? load(name);
  loaded.set(name, known);
  return await known;
}

/** Makes a validator for one schema that itself carries what has these addresses. */
type Create = (carried: ReadonlySet<string>) => Validator;

async function load(name: DialectName): Promise<Dialect> {
  const create = await creatorOf(name);
  const check = create(new Set()).getSchema(metaSchemaUris[name]);
  if (check === undefined) throw new Error(`the meta-schema of ${name} is missing`);
  return { objectionTo: (schema) => (check(schema) === true ? null : wordsOf(check)), compile: compilerBy(create, name) };
}

/** Compiles schemas of a dialect that nobody has to object to: they are our own. */
export async function loadCompiler(name: DialectName): Promise<Dialect['compile']> {
  return compilerBy(await creatorOf(name), name);
}

function compilerBy(create: Create, name: DialectName): Dialect['compile'] {
  return (schema) => create(addressesIn(schema)).compile(aroundKnownErrors(schema, name));
}

function addressesIn(schema: PlainSchema): ReadonlySet<string> {
  return new Set(typeof schema === 'boolean' ? [] : schemaParts(schema).all.map(({ resource }) => resource));
}

async function creatorOf(name: DialectName): Promise<Create> {
  const { default: draft06 } = await import('ajv/dist/refs/json-schema-draft-06.json', { with: { type: 'json' } });
  const { default: draft07 } = await import('ajv/dist/refs/json-schema-draft-07.json', { with: { type: 'json' } });
  const everywhere = { [metaSchemaUris['draft-06']]: draft06, [metaSchemaUris['draft-07']]: draft07 };
  if (name === '2020-12') return creator((await import('ajv/dist/2020.js')).Ajv2020, everywhere, metaSchemaUris[name]);
  if (name === '2019-09') return creator((await import('ajv/dist/2019.js')).Ajv2019, everywhere, metaSchemaUris[name]);
  return creator((await import('ajv')).Ajv, everywhere, null);
}

/**
 * The meta-schemas are known without being fetched: those of the drafts 6 and 7, which say the same under the rules of every
 * dialect, and the dialect's own. Where a schema carries one itself, its own counts, as everything that it carries.
 */
function creator(validator: new (chosen: Options) => Ajv2020, everywhere: Readonly<Record<string, object>>, own: string | null): Create {
  return (carried) => {
    const made = new validator({ ...options, meta: own !== null && !carried.has(own) });
    // An address that stands for another meta-schema in each dialect, and in each year.
    delete made.refs['http://json-schema.org/schema'];
    for (const [address, metaSchema] of Object.entries(everywhere)) if (!carried.has(address)) made.addMetaSchema(metaSchema);
    return withFormats(made);
  };
}

function withFormats(validator: Ajv2020): Validator {
  formats.default(validator);
  return validator;
}

function wordsOf(check: ValidateFunction): string {
  const [first] = violationsOf(check.errors ?? []);
  return first === undefined ? 'it is no schema of its dialect' : `at ${first.pointer === '' ? 'its root' : first.pointer} it ${first.message}`;
}
