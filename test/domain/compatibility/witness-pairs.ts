import type { JsonValue } from '../../../src/domain/json-value.ts';

/** Two versions of a schema, and a document that the older one accepts and the newer one refuses, under either preset. */
export interface WitnessPair {
  readonly older: JsonValue;
  readonly newer: JsonValue;
  readonly witness: JsonValue;
}

const draft2019 = { $schema: 'https://json-schema.org/draft/2019-09/schema' };
const draft2020 = { $schema: 'https://json-schema.org/draft/2020-12/schema' };

const isKindA = { properties: { kind: { const: 'a' } } };

/** Each was taken for compatible once, or is of the same kind as one that was. */
export const witnessPairs: Readonly<Record<string, WitnessPair>> = {
  'a number that is smaller than any digit that was looked at': { older: { type: 'number', minimum: 1e-50, maximum: 1e-50 }, newer: { const: 0 }, witness: 1e-50 },
  'a multiple that is smaller than any digit that was looked at': { older: { multipleOf: 1e-60, minimum: 1e-60, maximum: 1e-60 }, newer: { not: { enum: [1e-60, 0] } }, witness: 1e-60 },
  'places that are no keyword of the dialect': { older: { ...draft2019, maxItems: 1 }, newer: { ...draft2019, prefixItems: [{}], unevaluatedItems: false }, witness: [1] },
  'an unevaluated keyword that means something else in the other dialect': {
    older: { ...draft2020, properties: { a: { prefixItems: [{}], anyOf: [{}], unevaluatedItems: false } } },
    newer: { ...draft2019, properties: { a: { prefixItems: [{}], anyOf: [{}], unevaluatedItems: false } } },
    witness: { a: [1] },
  },
  'a twin behind fixed places that differ': { older: { type: 'array', prefixItems: [{ const: 1 }, { const: 2 }] }, newer: { type: 'array', prefixItems: [{ const: 1 }, { const: 2 }], uniqueItems: true }, witness: [1, 2, 1] },
  'a twin of an element that must be there': { older: { type: 'array', allOf: [{ contains: { const: 'a' } }, { contains: { const: 'b' } }] }, newer: { type: 'array', uniqueItems: true }, witness: ['a', 'b', 'b'] },
  'a twin beside an element that must be there once': { older: { type: 'array', contains: { const: 1 }, maxContains: 1 }, newer: { type: 'array', uniqueItems: true }, witness: [1, 2, 2] },
  'a twin behind fixed places of a list that must be long': { older: { type: 'array', prefixItems: [{ type: 'string' }, { type: 'number' }], minItems: 2, maxItems: 4 }, newer: { type: 'array', uniqueItems: true }, witness: ['a', 1, 'a'] },
  'a twin of the last of many fixed places': { older: { type: 'array', prefixItems: Array.from({ length: 20 }, (_, index) => ({ const: index })), items: { const: 19 } }, newer: { uniqueItems: true }, witness: [...Array.from({ length: 20 }, (_, index) => index), 19] },
  'two places that share what is wanted, and a twin': { older: { type: 'array', items: { enum: [1, 2] }, contains: { const: 1 }, minContains: 1, maxContains: 1, minItems: 3 }, newer: { uniqueItems: true }, witness: [1, 2, 2] },
  'more elements of a kind than are counted at once': { older: { type: 'array', items: { const: 1 }, contains: { const: 1 }, minContains: 6, maxContains: 20 }, newer: { maxItems: 12 }, witness: Array.from({ length: 13 }, () => 1) },
  'more elements of two kinds than are counted at once': { older: { type: 'array', items: { enum: [1, 2, 3] }, contains: { const: 1 }, minContains: 7, maxContains: 30 }, newer: { maxItems: 12 }, witness: Array.from({ length: 13 }, () => 1) },
  'an element of one kind that must not be counted as one of another': { older: { type: 'array', allOf: [{ contains: { type: 'integer' }, maxContains: 1 }, { contains: { minimum: 2 } }], maxItems: 2 }, newer: { not: { items: { type: 'integer' }, minItems: 1 } }, witness: [2] },
  'one name for what two patterns ask for': { older: { type: 'object', maxProperties: 1 }, newer: { anyOf: [{ patternProperties: { '^a': { type: 'string' } } }, { patternProperties: { 'b$': { type: 'string' } } }] }, witness: { ab: 1 } },
  'one name for what two terms of names ask for': { older: { type: 'object', maxProperties: 1 }, newer: { anyOf: [{ propertyNames: { not: { pattern: '^a' } } }, { propertyNames: { not: { pattern: 'b$' } } }] }, witness: { ab: 1 } },
  'one name for a pattern and what is left over': { older: { type: 'object', maxProperties: 1 }, newer: { anyOf: [{ patternProperties: { '^a': { type: 'string' } } }, { properties: { a: true, ab: true }, additionalProperties: { type: 'string' } }] }, witness: { ac: 1 } },
  'two names of one sort, each asked for by another pattern': {
    older: { type: 'object', patternProperties: { '^[ab]$': { enum: [1, 'x'] } }, additionalProperties: false, maxProperties: 2 },
    newer: { anyOf: [{ patternProperties: { '^[ab]$': { type: 'string' } } }, { patternProperties: { '^a$': { type: 'number' } } }] },
    witness: { a: 'x', b: 1 },
  },
  'more patterns of names than are told apart at once': {
    older: { type: 'object', patternProperties: Object.fromEntries(['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'].map((letter) => [letter, true])), maxProperties: 1 },
    newer: { patternProperties: { 'abcdefgh': false } },
    witness: { abcdefgh: 1 },
  },
  'lenient: what the older schema forbids is no property that nobody described': { older: { type: 'object', not: { properties: { a: { type: 'string' } } } }, newer: { type: 'string' }, witness: { a: 1 } },
  'lenient: a condition of the newer schema is no property that was added': { older: { type: 'object', if: isKindA, else: { required: ['x'] } }, newer: { type: 'object', if: isKindA, else: { required: ['y'] } }, witness: { kind: 'b', x: 1 } },
  'lenient: a property that the older schema describes on a condition': { older: { type: 'object', if: isKindA, else: { properties: { x: { type: 'number' } } } }, newer: { type: 'object', if: isKindA, else: { properties: { x: { type: 'string' } } } }, witness: { kind: 'b', x: 1 } },
  'lenient: a property that one alternative of the older schema describes': { older: { anyOf: [{ properties: { x: { type: 'number' } } }, { required: ['y'] }] }, newer: { properties: { x: { type: 'string' } } }, witness: { x: 1 } },
  'lenient: a property that the older schema lists with a value': { older: { enum: [{ a: { x: 1 } }] }, newer: { properties: { a: { properties: { x: { type: 'string' } } } } }, witness: { a: { x: 1 } } },
  'lenient: a property that the older schema requires': { older: { type: 'object', required: ['x'] }, newer: { type: 'object', properties: { x: { type: 'string' } } }, witness: { x: 1 } },
  'lenient: a property that the older schema describes by a pattern': { older: { patternProperties: { '^x': { type: 'number' } } }, newer: { properties: { x1: { type: 'string' } } }, witness: { x1: 1 } },
  'lenient: a property of a map whose names are told': { older: { type: 'object', propertyNames: { enum: ['x'] } }, newer: { properties: { x: { type: 'string' } } }, witness: { x: 1 } },
  'lenient: a property that the older schema describes one circle further in': {
    older: { properties: { child: { properties: { x: { type: 'number' } } } } },
    newer: { $ref: '#/$defs/node', $defs: { node: { properties: { x: { type: 'string' }, child: { $ref: '#/$defs/node' } } } } },
    witness: { child: { x: 1 } },
  },
  'lenient: a property added together with its demand': { older: { type: 'object' }, newer: { type: 'object', properties: { x: { type: 'string' } }, required: ['x'] }, witness: {} },
  'lenient: a property that is no longer allowed': { older: { type: 'object' }, newer: { type: 'object', properties: { x: false } }, witness: { x: 1 } },
  'lenient: a pattern of properties is no property': { older: { type: 'object' }, newer: { type: 'object', patternProperties: { '^x-': { type: 'string' } } }, witness: { 'x-a': 1 } },
};
