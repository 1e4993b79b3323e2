import * as fc from 'fast-check';
import type { JsonValue } from '../../../src/domain/json-value.ts';
import { isJsonObject } from '../../../src/domain/json-value.ts';

export const dialectUris = { 'draft-07': 'http://json-schema.org/draft-07/schema#', '2019-09': 'https://json-schema.org/draft/2019-09/schema', '2020-12': 'https://json-schema.org/draft/2020-12/schema' } as const;

export type RandomDialect = keyof typeof dialectUris;

type Keyword = fc.Arbitrary<readonly [string, JsonValue]>;

const names = ['a', 'b', 'c'];
const someType = fc.constantFrom('null', 'boolean', 'number', 'integer', 'string', 'array', 'object');
const someName = fc.constantFrom(...names);
const patterns = ['^a', 'b$', '^[ab]+$', 'a|c', '^.{2,3}$', '[0-9]', '^(?!a)'];

/** Small values of all types, close to what the schemas below speak of. */
export const someValue: fc.Arbitrary<JsonValue> = fc.letrec<{ value: JsonValue }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3, depthSize: 'small' },
    { arbitrary: fc.constantFrom<JsonValue>(null, true, false, 0, 1, 2, 3, 4, 5, 6, -1, 0.5, 2.5, '', 'a', 'b', 'ab', 'aab', 'abc1', 'c', '2026-01-31'), weight: 4 },
    { arbitrary: fc.array(tie('value'), { maxLength: 4 }), weight: 2 },
    { arbitrary: fc.dictionary(fc.constantFrom('a', 'b', 'c', 'ab', 'd1'), tie('value'), { maxKeys: 4 }), weight: 3 },
  ),
})).value;

/** Keywords over few names and numbers, so that two schemas often have to do with each other. */
function keywordsOf(dialect: RandomDialect, schema: fc.Arbitrary<JsonValue>): readonly Keyword[] {
  const count = fc.integer({ min: 0, max: 3 });
  const list = fc.array(schema, { minLength: 1, maxLength: 3 });
  return [
    ...keywordsOfDialect(dialect, schema, list),
    pair('type', fc.oneof(someType, fc.uniqueArray(someType, { minLength: 1, maxLength: 3 }))),
    pair('enum', fc.uniqueArray(someValue, { minLength: 1, maxLength: 3, selector: (value) => JSON.stringify(value) })),
    pair('const', someValue),
    pair('minimum', fc.constantFrom(0, 1, 2.5)),
    pair('exclusiveMinimum', fc.constantFrom(0, 1, 2)),
    pair('maximum', fc.constantFrom(1, 3, 4.5)),
    pair('exclusiveMaximum', fc.constantFrom(2, 5)),
    pair('multipleOf', fc.constantFrom(1, 2, 3, 0.5, 1.5)),
    pair('minLength', count),
    pair('maxLength', count),
    pair('pattern', fc.constantFrom(...patterns)),
    pair('format', fc.constantFrom('date', 'ipv4', 'int32', 'nonsense')),
    pair('required', fc.uniqueArray(someName, { maxLength: 2 })),
    pair('properties', fc.dictionary(someName, schema, { maxKeys: 3 })),
    pair('properties', fc.dictionary(someName, schema, { maxKeys: 3 })),
    pair('patternProperties', fc.dictionary(fc.constantFrom(...patterns), schema, { maxKeys: 2 })),
    pair('additionalProperties', schema),
    pair('propertyNames', schema),
    pair('unevaluatedProperties', schema),
    pair('minProperties', count),
    pair('maxProperties', count),
    pair('contains', schema),
    pair('minContains', count),
    pair('maxContains', count),
    pair('minItems', count),
    pair('maxItems', count),
    pair('uniqueItems', fc.boolean()),
    pair('unevaluatedItems', schema),
    pair('allOf', list),
    pair('anyOf', list),
    pair('oneOf', list),
    pair('not', schema),
    pair('if', schema),
    pair('then', schema),
    pair('else', schema),
    pair('$ref', fc.constantFrom('#', '#/$defs/a', '#/$defs/b')),
  ];
}

function keywordsOfDialect(dialect: RandomDialect, schema: fc.Arbitrary<JsonValue>, list: fc.Arbitrary<JsonValue>): readonly Keyword[] {
  const needed = fc.uniqueArray(someName, { maxLength: 2 });
  const lists = dialect === '2020-12' ? [pair('items', schema), pair('prefixItems', list)] : [pair('items', schema), pair('items', list), pair('additionalItems', schema)];
  if (dialect === 'draft-07') return [...lists, pair('dependencies', fc.dictionary(someName, fc.oneof(needed, schema), { maxKeys: 2 }))];
  return [...lists, pair('dependentRequired', fc.dictionary(someName, needed, { maxKeys: 2 })), pair('dependentSchemas', fc.dictionary(someName, schema, { maxKeys: 2 }))];
}

function someSchema(dialect: RandomDialect): fc.Arbitrary<JsonValue> {
  return fc.letrec<{ schema: JsonValue }>((tie) => {
    const keyword = fc.oneof(...keywordsOf(dialect, tie('schema')));
    const plain = fc.constantFrom<JsonValue>(true, {}, { type: 'string' }, { type: 'integer' }, false);
    return { schema: fc.oneof({ maxDepth: 3, depthSize: 'small' }, { arbitrary: plain, weight: 1 }, { arbitrary: fc.array(keyword, { minLength: 1, maxLength: 4 }).map((members) => Object.fromEntries(members)), weight: 3 }) };
  }).schema;
}

function pair(keyword: string, value: fc.Arbitrary<JsonValue>): fc.Arbitrary<readonly [string, JsonValue]> {
  return value.map((one) => [keyword, one] as const);
}

/** A whole schema: with definitions that it, and they, refer to. */
function someDocument(dialect: RandomDialect): fc.Arbitrary<JsonValue> {
  const schema = someSchema(dialect);
  return fc.record({ root: schema, a: schema, b: schema }).map(({ root, a, b }) => ({ ...(isJsonObject(root) ? root : { allOf: [root] }), $schema: dialectUris[dialect], $defs: { a, b } }));
}

/** Two schemas: the second one is another, or the first with a few members taken out, put in or replaced. */
export function somePair(dialect: RandomDialect): fc.Arbitrary<readonly [JsonValue, JsonValue]> {
  const document = someDocument(dialect);
  const changes = fc.array(fc.tuple(fc.nat(), someSchema(dialect), fc.nat(2)), { minLength: 1, maxLength: 2 });
  return fc.oneof(
    { arbitrary: fc.tuple(document, document), weight: 1 },
    { arbitrary: fc.tuple(document, changes).map(([schema, made]): readonly [JsonValue, JsonValue] => [schema, made.reduce<JsonValue>((changed, [at, other, how]) => mutated(changed, at, other, how), schema)]), weight: 4 },
  );
}

/** The schema with one of its parts replaced by another schema, dropped, or given more keywords. */
function mutated(schema: JsonValue, at: number, other: JsonValue, how: number): JsonValue {
  let parts = 0;
  const count = (value: JsonValue): void => {
    parts += 1;
    if (typeof value === 'object' && value !== null) for (const member of Object.values(value)) count(member);
  };
  count(schema);
  const wanted = at % parts;
  let seen = -1;
  const change = (value: JsonValue): JsonValue | undefined => {
    seen += 1;
    if (seen === wanted && seen > 0) return how === 0 ? undefined : how === 1 || !isJsonObject(value) || !isJsonObject(other) ? other : { ...value, ...other };
    if (Array.isArray(value)) return value.flatMap((one: JsonValue) => change(one) ?? []);
    if (!isJsonObject(value)) return value;
    return Object.fromEntries(Object.entries(value).flatMap(([key, one]) => {
      const changed = change(one);
      return changed === undefined ? [] : [[key, changed]];
    }));
  };
  return change(schema) ?? {};
}
