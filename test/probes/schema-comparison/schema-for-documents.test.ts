import assert from 'node:assert/strict';
import { test } from 'node:test';
import * as fc from 'fast-check';
import { schemaForDocuments } from '../../../src/probes/schema-comparison/schema-for-documents.ts';
import { isSchema } from '../../../src/domain/json-schema/is-schema.ts';
import type { JsonValue } from '../../../src/domain/json-value.ts';
import { judgeOf } from '../../domain/compatibility/judge.ts';
import { somePair, someValue } from '../../domain/compatibility/random-schemas.ts';
import type { RandomDialect } from '../../domain/compatibility/random-schemas.ts';

const numRuns = process.env['PLUMBLINE_LONG'] === '1' ? 3_000 : 40;
const dialects: readonly RandomDialect[] = ['draft-07', '2019-09', '2020-12'];

for (const dialect of dialects) {
  test(`schemaForDocuments() leaves a schema of ${dialect} that says of these documents what the whole says`, async () => {
    await fc.assert(
      fc.asyncProperty(somePair(dialect), fc.array(someValue, { minLength: 1, maxLength: 8 }), async (pair, values) => {
        const [schema]: readonly JsonValue[] = JSON.parse(JSON.stringify(pair));
        const documents: readonly JsonValue[] = JSON.parse(JSON.stringify(values));
        const narrowed: JsonValue = JSON.parse(JSON.stringify(isSchema(schema) ? schemaForDocuments(schema, documents) : schema));
        const [whole, part] = [await judgeOf(schema ?? {}), await judgeOf(narrowed)];
        if (whole !== null) assert.deepEqual(documents.map((document) => part?.(document)), documents.map(whole));
      }),
      { numRuns, seed: 23 },
    );
  });
}

test('schemaForDocuments() leaves properties open that no document has, at every level', () => {
  const schema = { properties: { a: { properties: { b: { type: 'string' }, c: { type: 'number' } } }, d: { type: 'null' } }, additionalProperties: false };
  assert.deepEqual(schemaForDocuments(schema, [{ a: { b: 1 } }]), { properties: { a: { properties: { b: { type: 'string' }, c: true } }, d: true }, additionalProperties: false });
});

test('schemaForDocuments() never opens a property that something refers to, nor one around it', () => {
  const schema = { properties: { a: { $ref: '#/properties/b/items' }, b: { items: { type: 'string' }, minItems: 1 }, c: { $anchor: 'here', type: 'number' }, d: { $ref: '#here' } } };
  assert.deepEqual(schemaForDocuments(schema, [{ a: 1 }]), { properties: { ...schema.properties, d: true } });
});

test('schemaForDocuments() opens nothing where a reference leads to what is not known', () => {
  const schema = { properties: { a: { $ref: 'other.json#/properties/b' }, b: { type: 'string' } } };
  assert.deepEqual(schemaForDocuments(schema, [{ a: 1 }]), schema);
});

test('schemaForDocuments() never changes a listed value, however much it looks like a schema', () => {
  const schema = { enum: [{ properties: { b: { type: 'string' } } }], const: { properties: { b: {} } } };
  assert.deepEqual(schemaForDocuments(schema, [{}]), schema);
});
