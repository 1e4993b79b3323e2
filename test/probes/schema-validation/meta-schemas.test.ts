import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { JsonValue } from '../../../src/domain/json-value.ts';
import { compileSchema } from '../../../src/probes/schema-validation/compile-schema.ts';

const draft04 = 'http://json-schema.org/draft-04/schema#';
const draft06 = 'http://json-schema.org/draft-06/schema#';
const draft07 = 'http://json-schema.org/draft-07/schema#';
const latest = 'https://json-schema.org/draft/2020-12/schema';
const before = 'https://json-schema.org/draft/2019-09/schema';

/** How a schema takes these values; its own trouble where it can not be used. */
async function answersTo(schema: JsonValue, ...values: readonly JsonValue[]): Promise<readonly string[]> {
  const compiled = await compileSchema(JSON.stringify(schema));
  return compiled.kind === 'unusable' ? ['unusable'] : values.map((value) => compiled.validate(value).kind);
}

const aSchema = { s: { properties: { a: { type: 'string' } } } };
const noSchema = { s: { properties: { a: { type: 'nothing' } } } };

for (const [dialect, known] of [[draft04, [draft06, draft07]], [draft06, [draft06, draft07]], [draft07, [draft06, draft07]], [before, [draft06, draft07, before]], [latest, [draft06, draft07, latest]]] as const) {
  test(`a schema of ${dialect} refers to the meta-schemas that are known without fetching`, async () => {
    for (const $ref of known) assert.deepEqual(await answersTo({ $schema: dialect, properties: { s: { $ref } } }, aSchema, noSchema), ['valid', 'violations'], $ref);
    assert.deepEqual(await answersTo({ $schema: dialect, properties: { s: { $ref: `${draft07}/definitions/nonNegativeInteger` } } }, { s: 0 }, { s: -1 }), ['valid', 'violations']);
  });
}

test('a schema that carries the meta-schema of its dialect is used with what it carries, references within included', async () => {
  const carried = { $id: draft07, type: ['object', 'boolean'], properties: { type: { enum: ['string'] }, properties: { additionalProperties: { $ref: '#' } } } };
  const schema = { $schema: draft07, $id: 'https://example.com/a.json', properties: { s: { $ref: 'http://json-schema.org/draft-07/schema' } }, definitions: { [draft07]: carried } };
  assert.deepEqual(await answersTo(schema, aSchema, noSchema, { s: { type: 'number' } }), ['valid', 'violations', 'violations']);
});

test('a part with an address of its own is found by it, and what it refers to starts there', async () => {
  const parts = { a: { $id: 'https://other.example/a.json', allOf: [{ $ref: '#/definitions/x' }], definitions: { x: { type: 'string' } } }, x: { type: 'number' } };
  assert.deepEqual(await answersTo({ $schema: draft07, $ref: 'https://other.example/a.json', definitions: parts }, 'a', 1), ['valid', 'violations']);
});

for (const $schema of [before, latest]) {
  test(`a part with an address of its own that is itself a reference into that address is followed, in ${$schema}`, async () => {
    const within = { $id: 'https://other.example/a.json', $ref: '#/$defs/x', $defs: { x: { type: 'string' } } };
    assert.deepEqual(await answersTo({ $schema, $ref: '#/$defs/a', $defs: { a: within, x: { type: 'number' } } }, 'a', 1), ['valid', 'violations']);
    assert.deepEqual(await answersTo({ $schema, properties: { p: { ...within, allOf: [{ maxLength: 2 }] } } }, { p: 'a' }, { p: 1 }, { p: 'abc' }), ['valid', 'violations', 'violations']);
    assert.deepEqual(await answersTo({ $schema, properties: { p: { ...within, $ref: '#' } } }, { p: 'a' }), ['unusable']);
  });
}

test('up to draft 7 an address beside a reference counts for nothing', async () => {
  for (const $schema of [draft06, draft07]) {
    const definitions = { a: { $id: 'https://other.example/a.json', $ref: '#/definitions/x' }, x: { type: 'string' } };
    assert.deepEqual(await answersTo({ $schema, $ref: '#/definitions/a', definitions }, 'a', 1), ['valid', 'violations']);
  }
});

test('a reference to the meta-schema of draft 4 is refused with those that can be referred to', async () => {
  const compiled = await compileSchema(JSON.stringify({ $schema: draft04, properties: { s: { $ref: draft04 } } }));
  assert.equal(compiled.kind === 'unusable' && compiled.why, 'it refers to "http://json-schema.org/draft-04/schema", which does not stand in it: of the meta-schemas, those of draft-06 and draft-07 can be referred to, and that of 2019-09 or 2020-12 where it is the dialect');
});

const elsewhere = [
  'https://raw.githubusercontent.com/example/schemas/main/a.json',
  'http://json-schema.org.evil.example/draft-07/schema#',
  'http://json-schema.org@evil.example/draft-07/schema#',
  'http://json-schema.org:8080/draft-07/schema#',
  'http://json-schema.org/draft-07/schema/../hyper-schema#',
  'http://json-schema.org/draft-07/schema?evil#',
  'http://json-schema.org/schema#',
  draft04,
  before,
  'http://127.0.0.1/draft-07/schema#',
  `${draft07}/definitions/missing`,
];

test('attack: a reference to an address that is only like the one of a meta-schema is refused', async () => {
  for (const $ref of elsewhere) assert.deepEqual(await answersTo({ $schema: latest, properties: { s: { $ref } } }, aSchema), ['unusable'], $ref);
});

test('attack: a schema that carries a meta-schema of its own making is still checked with the true one', async () => {
  const lax = { $id: draft07 };
  assert.deepEqual(await answersTo({ $schema: draft07, definitions: { lax }, type: 'nonsense' }, 1), ['unusable']);
  assert.deepEqual(await answersTo({ ...lax, $schema: draft07, type: 'nonsense' }, 1), ['unusable']);
});

test('attack: a meta-schema that one schema carries is not the one that the next schema refers to', async () => {
  for (const carried of [{ definitions: { lax: { $id: draft07 } } }, { $id: draft07 }]) {
    assert.deepEqual(await answersTo({ $schema: draft07, ...carried, properties: { s: { $ref: draft07 } } }, noSchema), ['valid']);
    assert.deepEqual(await answersTo({ $schema: draft07, properties: { s: { $ref: draft07 } } }, noSchema), ['violations']);
  }
});

test('attack: a schema that carries an address twice is refused', async () => {
  assert.deepEqual(await answersTo({ $schema: draft07, definitions: { a: { $id: draft07 }, b: { $id: draft07, type: 'string' } } }, 1), ['unusable']);
});
