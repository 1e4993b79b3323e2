import type { JsonObject, JsonValue } from '../../../src/domain/json-value.ts';
import type { RandomDialect } from './random-schemas.ts';

const one = { const: 1 };
const text = { type: 'string' };
const few = { enum: [1, 2] };
const words = { type: 'string', enum: ['x', 'y'] };

/** Short schemas of lists, each of one trait: two and a third one meet in all that lists can be told apart by. */
function ofLists(dialect: RandomDialect): readonly JsonObject[] {
  const [places, rest] = dialect === '2020-12' ? ['prefixItems', 'items'] : ['items', 'additionalItems'];
  const counted = [{ minContains: 2 }, { maxContains: 1 }, { minContains: 0, maxContains: 1 }, { minContains: 2, maxContains: 3 }];
  return [
    { items: one },
    { items: few },
    { items: words },
    { [places]: [one] },
    { [places]: [one, words] },
    { [places]: [few, false] },
    { [places]: [true, few], [rest]: words },
    { [places]: [one], [rest]: false },
    ...[one, few, words, true].map((contains) => ({ contains })),
    ...(dialect === 'draft-07' ? [] : counted.map((more) => ({ contains: few, ...more }))),
    ...[1, 2, 3].flatMap((count) => [{ minItems: count }, { maxItems: count }]),
    { uniqueItems: true },
    { unevaluatedItems: false },
    { not: { items: few } },
    { not: { contains: one } },
    { not: { uniqueItems: true } },
    { not: { [places]: [one, words] } },
    { allOf: [{ contains: one }, { contains: words }] },
    { anyOf: [{ contains: one }, { items: words }] },
    { anyOf: [{ uniqueItems: true }, { maxItems: 2 }] },
    { oneOf: [{ contains: one }, { contains: words }] },
    { if: { contains: one }, else: { maxItems: 1 } },
  ];
}

function ofObjects(dialect: RandomDialect): readonly JsonObject[] {
  const dependent = dialect === 'draft-07' ? [{ dependencies: { a: ['b'], b: { maxProperties: 1 } } }] : [{ dependentRequired: { a: ['b'] } }, { dependentSchemas: { b: { properties: { a: one } } } }];
  return [
    { properties: { a: one } },
    { properties: { a: text, b: few } },
    { properties: { b: false } },
    { patternProperties: { '^a': text } },
    { patternProperties: { 'b$': few } },
    { patternProperties: { '^[ab]$': one } },
    { patternProperties: { '^a': few, 'b$': text } },
    { additionalProperties: false },
    { additionalProperties: text },
    { properties: { a: true }, additionalProperties: few },
    { propertyNames: { pattern: '^a' } },
    { propertyNames: { not: { pattern: 'b$' } } },
    { propertyNames: { enum: ['a', 'ab'] } },
    { propertyNames: { maxLength: 1 } },
    ...['a', 'b'].map((name) => ({ required: [name] })),
    ...[1, 2].flatMap((count) => [{ minProperties: count }, { maxProperties: count }]),
    ...dependent,
    { unevaluatedProperties: false },
    { not: { properties: { a: one } } },
    { not: { required: ['a'] } },
    { not: { patternProperties: { 'b$': text } } },
    { not: { propertyNames: { pattern: '^a' } } },
    { anyOf: [{ patternProperties: { '^a': text } }, { patternProperties: { 'b$': text } }] },
    { anyOf: [{ propertyNames: { not: { pattern: '^a' } } }, { propertyNames: { not: { pattern: 'b$' } } }] },
    { anyOf: [{ patternProperties: { '^[ab]$': text } }, { patternProperties: { '^a$': few } }] },
    { oneOf: [{ properties: { a: one } }, { properties: { b: few } }] },
    { if: { properties: { a: one } }, else: { required: ['b'] } },
    { if: { required: ['a'] }, else: { properties: { b: text } } },
  ];
}

export interface Narrowing {
  readonly type: 'array' | 'object';
  readonly traits: (dialect: RandomDialect) => readonly JsonObject[];
  /** All short values over a tiny alphabet. */
  readonly values: readonly JsonValue[];
}

export const narrowings: readonly Narrowing[] = [
  { type: 'array', traits: ofLists, values: shortLists([1, 2, 'x'], 5) },
  { type: 'object', traits: ofObjects, values: smallObjects(['a', 'b', 'ab', 'c', 'ac'], [1, 3, 'x']) },
];

function shortLists(alphabet: readonly JsonValue[], longest: number): readonly JsonValue[] {
  let layer: readonly (readonly JsonValue[])[] = [[]];
  const lists: (readonly JsonValue[])[] = [...layer];
  for (let length = 1; length <= longest; length += 1) {
    layer = layer.flatMap((list) => alphabet.map((last) => [...list, last]));
    lists.push(...layer);
  }
  return lists;
}

function smallObjects(names: readonly string[], values: readonly JsonValue[]): readonly JsonValue[] {
  return names.reduce<readonly JsonObject[]>((objects, name) => objects.flatMap((object) => [object, ...values.map((value) => ({ ...object, [name]: value }))]), [{}]);
}

/** With the trait beside what is there, or in `allOf` where the keyword is taken. */
export function withTrait(schema: JsonObject, trait: JsonObject): JsonObject {
  const isTaken = Object.keys(trait).some((keyword) => Object.hasOwn(schema, keyword));
  return isTaken ? { allOf: [schema, trait] } : { ...schema, ...trait };
}
