import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonValue } from '../../../src/domain/json-value.ts';
import { confirmComparison } from '../../../src/probes/schema-comparison/confirm-comparison.ts';

/** What is blamed, where, and whether a document shows it. */
async function blamed(older: JsonValue, newer: JsonValue): Promise<readonly string[]> {
  const { answer, differences, witness } = await confirmComparison({ older, newer, mode: 'backward', preset: 'semantic' });
  assert.deepEqual([answer, witness !== null], ['breaking', true]);
  return differences.map(({ kind, pointer }) => `${kind} ${pointer}`);
}

const flags = (properties: JsonValue): JsonValue => ({
  properties: { futureFlags: { anyOf: [{ $ref: '#/$defs/Flags' }, { type: 'null' }] } },
  $defs: { Flags: { type: 'object', properties, additionalProperties: false } },
});

test('a property that is gone behind an alternative is blamed itself, not the alternatives that look the same', async () => {
  assert.deepEqual(await blamed(flags({ a: { type: 'boolean' }, b: { type: 'boolean' } }), flags({ a: { type: 'boolean' } })), ['property_removed /$defs/Flags/additionalProperties']);
});

test('a narrowed part behind two levels of alternatives is blamed itself', async () => {
  const two = (maximum: number): JsonValue => ({ anyOf: [{ type: 'object', properties: { n: { oneOf: [{ type: 'integer', maximum }, { type: 'string' }] } } }, { type: 'boolean' }] });
  assert.deepEqual(await blamed(two(9), two(5)), ['maximum_lowered /anyOf/0/properties/n/oneOf/0/maximum']);
});

test('alternatives in another order are held against those that say most of the same', async () => {
  const square = (least: number): JsonValue => ({ type: 'object', required: ['side'], properties: { kind: { const: 'square' }, side: { minimum: least } } });
  const circle = (least: number): JsonValue => ({ type: 'object', required: ['radius'], properties: { kind: { const: 'circle' }, radius: { minimum: least } } });
  assert.deepEqual(await blamed({ oneOf: [square(1), circle(1)] }, { oneOf: [circle(2), square(2)] }), ['minimum_raised /oneOf/1/properties/side/minimum', 'minimum_raised /oneOf/0/properties/radius/minimum']);
});

test('an alternative that is gone is blamed on the alternatives, also where another one came', async () => {
  const named = (kind: string): JsonValue => ({ type: 'object', required: ['kind'], properties: { kind: { const: kind } } });
  assert.deepEqual(await blamed({ anyOf: [named('a'), named('b')] }, { anyOf: [named('b'), named('c')] }), ['any_of_narrowed /anyOf']);
});

test('what one alternative no longer accepts and another does is not blamed', async () => {
  const older: JsonValue = { anyOf: [{ type: 'object', properties: { a: { type: 'string' } }, required: ['a'] }, { type: 'string', maxLength: 9 }] };
  const newer: JsonValue = { anyOf: [{ type: 'object', properties: { a: { type: 'string' } }, required: ['a', 'b'] }, { type: 'string', maxLength: 5 }, { type: 'object', required: ['a'] }] };
  assert.deepEqual(await blamed(older, newer), ['max_length_lowered /anyOf/1/maxLength']);
});

test('a demand is told once, however many alternatives lead to it', async () => {
  const shared = (maxLength: number): JsonValue => ({ anyOf: [{ $ref: '#/$defs/name' }, { type: 'array', items: { $ref: '#/$defs/name' } }], $defs: { name: { type: 'string', maxLength } } });
  assert.deepEqual(await blamed(shared(9), shared(5)), ['max_length_lowered /$defs/name/maxLength']);
});

const properties = process.env['PLUMBLINE_LONG'] === '1' ? 20 : 4;

for (const count of [15, 60]) {
  test(`${count} alternatives that all changed are breaking with a document, however many of them can be told one by one`, async () => {
    const arms = (maximum: number): JsonValue => ({ oneOf: Array.from({ length: count }, (_, arm) => ({ type: 'object', required: ['kind'], properties: { kind: { const: `k${arm}` }, ...Object.fromEntries(Array.from({ length: properties }, (_, name) => [`p${name}`, { type: 'integer', maximum: maximum + arm }])) } })) });
    assert.notEqual((await blamed(arms(100), arms(50))).length, 0);
  });
}
