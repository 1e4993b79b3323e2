import { pointerBelow } from '../document/pointer.ts';
import { metaSchemaUris } from '../json-schema/dialect.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import { readArrayDemands } from './read-array-demands.ts';
import { readObjectDemands } from './read-object-demands.ts';
import { opaqueTerm, textInPlace } from './schema-reading.ts';
import type { SchemaReading } from './schema-reading.ts';
import { all, and, anyType, none, not, or, typeBits } from './term.ts';
import type { Atom, Demand, Term } from './term.ts';
import { asksSomething } from './text/formats.ts';

type Make = (keyword: string, term: Term, token?: string | number, written?: JsonValue) => Demand;

/** Keywords that say nothing of a value, or that another one takes into account. What is in no list and not modelled does not exist for the validator. */
const unmodelled = ['$dynamicRef', '$recursiveRef', 'formatMinimum', 'formatMaximum', 'formatExclusiveMinimum', 'formatExclusiveMaximum'];

/** All that a schema demands, keyword by keyword. */
export function readDemands(reading: SchemaReading): readonly Demand[] {
  const { schema, pointer } = reading;
  const make: Make = (keyword, term, token, written) => {
    const at = pointerBelow(pointer, keyword);
    return { keyword, pointer: token === undefined ? at : pointerBelow(at, token), written: token === undefined ? schema[keyword] : written, term };
  };
  const reference = referenceDemands(reading, make);
  if (reference.length > 0 && !reading.siblingsCount) return reference;
  const read = [...valueDemands(schema, make), ...numberDemands(schema, make), ...stringDemands(reading, make), ...readObjectDemands(reading), ...readArrayDemands(reading), ...logicDemands(reading, make)];
  const opaque = unmodelled.filter((keyword) => schema[keyword] !== undefined).map((keyword) => make(keyword, opaqueTerm(reading, keyword)));
  return [...reference, ...read, ...opaque].filter(({ term }) => term.kind !== 'all');
}

function referenceDemands(reading: SchemaReading, make: Make): readonly Demand[] {
  const reference = reading.schema['$ref'];
  if (typeof reference !== 'string') return [];
  return [make('$ref', reading.target(reference) ?? metaSchemaTerm(reading, reference) ?? opaqueTerm(reading, '$ref'))];
}

/** A meta-schema that stands in no document says the same in all. Later ones do not: what leads to them may extend them. */
function metaSchemaTerm({ pointer }: SchemaReading, reference: string): Term | null {
  const isMetaSchema = [metaSchemaUris['draft-06'], metaSchemaUris['draft-07']].some((address) => reference === address || reference.startsWith(`${address}#`));
  return isMetaSchema ? { kind: 'opaque', keyword: '$ref', pointer: pointerBelow(pointer, '$ref'), text: reference } : null;
}

function valueDemands(schema: JsonObject, make: Make): readonly Demand[] {
  const { type, enum: listed, const: constant } = schema;
  const types = typeof type === 'string' ? [type] : Array.isArray(type) ? type.filter((one): one is string => typeof one === 'string') : null;
  const demands: Demand[] = [];
  if (types !== null && types.length > 0) demands.push(make('type', typeTerm(schema['nullable'] === true ? [...types, 'null'] : types)));
  if (Array.isArray(listed)) demands.push(make('enum', listed.length === 0 ? none : { kind: 'enum', values: listed }));
  if (constant !== undefined) demands.push(make('const', { kind: 'enum', values: [constant] }));
  return demands;
}

function typeTerm(names: readonly string[]): Term {
  const known: Readonly<Record<string, number>> = { ...typeBits, integer: typeBits.number };
  const types = names.reduce((bits, name) => bits | (Object.hasOwn(known, name) ? (known[name] ?? 0) : 0), 0);
  const whole: Atom = { kind: 'multiple', of: 1 };
  const isWhole = names.includes('integer') && !names.includes('number');
  return and([types === anyType ? all : { kind: 'type', types }, isWhole ? whole : all]);
}

function numberDemands(schema: JsonObject, make: Make): readonly Demand[] {
  const bounds = [['minimum', 'minimum', false], ['exclusiveMinimum', 'minimum', true], ['maximum', 'maximum', false], ['exclusiveMaximum', 'maximum', true]] as const;
  const limits = bounds.flatMap(([keyword, kind, isExclusive]) => {
    const limit = schema[keyword];
    return typeof limit === 'number' ? [make(keyword, { kind, limit, isExclusive })] : [];
  });
  const of = schema['multipleOf'];
  return typeof of === 'number' && of > 0 ? [...limits, make('multipleOf', { kind: 'multiple', of })] : limits;
}

const int32: Term = { kind: 'and', terms: [{ kind: 'multiple', of: 1 }, { kind: 'minimum', limit: -(2 ** 31), isExclusive: false }, { kind: 'maximum', limit: 2 ** 31 - 1, isExclusive: false }] };

function stringDemands(reading: SchemaReading, make: Make): readonly Demand[] {
  const { schema } = reading;
  const { minLength, maxLength, pattern, format } = schema;
  const demands: Demand[] = [];
  if (typeof minLength === 'number' && minLength > 0) demands.push(make('minLength', { kind: 'minLength', count: minLength }));
  if (typeof maxLength === 'number') demands.push(make('maxLength', { kind: 'maxLength', count: maxLength }));
  if (typeof pattern === 'string') demands.push(make('pattern', { kind: 'pattern', source: pattern }));
  if (typeof format === 'string') demands.push(make('format', formatTerm(format)));
  for (const keyword of ['contentEncoding', 'contentMediaType', 'contentSchema']) {
    const written = schema[keyword];
    if (written !== undefined) demands.push(make(keyword, { kind: 'content', keyword, text: textInPlace(reading, written) }));
  }
  return demands;
}

/** Formats of numbers are what they mean; a name that the validator does not know means nothing. */
function formatTerm(name: string): Term {
  if (name === 'int32') return int32;
  if (name === 'int64') return { kind: 'multiple', of: 1 };
  return asksSomething(name) ? { kind: 'format', name } : all;
}

function logicDemands(reading: SchemaReading, make: Make): readonly Demand[] {
  const { schema, termOf } = reading;
  const listOf = (keyword: string): readonly JsonValue[] => (Array.isArray(schema[keyword]) ? schema[keyword] : []);
  const demands = listOf('allOf').map((part, index) => make('allOf', termOf(part), index, part));
  const arms = listOf('anyOf').map(termOf);
  if (arms.length > 0) demands.push(make('anyOf', or(arms)));
  demands.push(...oneOfDemands(listOf('oneOf').map(termOf), make));
  const { not: excluded, if: condition, then: consequence, else: otherwise } = schema;
  if (excluded !== undefined) demands.push(make('not', not(termOf(excluded))));
  if (condition === undefined) return demands;
  const met = termOf(condition);
  if (consequence !== undefined) demands.push(make('then', or([not(met), termOf(consequence)])));
  if (otherwise !== undefined) demands.push(make('else', or([met, termOf(otherwise)])));
  return demands;
}

/** At least one, and of no two both. */
function oneOfDemands(arms: readonly Term[], make: Make): readonly Demand[] {
  if (arms.length === 0) return [];
  const pairs = arms.flatMap((arm, index) => arms.slice(index + 1).map((other) => not(and([arm, other]))));
  return [make('oneOf', or(arms)), ...(pairs.length === 0 ? [] : [{ ...make('oneOf', and(pairs)), keyword: 'oneOf/overlap' }])];
}
