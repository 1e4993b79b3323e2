import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import type { Comparison } from '../../../src/domain/compatibility/comparison.ts';
import type { JsonObject, JsonValue } from '../../../src/domain/json-value.ts';
import { createValidator } from '../../../src/probes/schema-validation/schema-validator.ts';

/** No answer may depend on what was asked before. */
const validator = createValidator();
after(async () => await validator.close());

async function comparisonOf(older: JsonValue, newer: JsonValue): Promise<Comparison> {
  const [answer] = await validator.compare([{ older: { blob: 'a', value: older }, newer: { blob: 'b', value: newer }, mode: 'backward', preset: 'semantic' }]);
  assert.ok(answer !== undefined && !('kind' in answer));
  return answer;
}

test('compare() answers compatible when only the order of members differs', async () => {
  assert.equal((await comparisonOf({ type: 'string', minLength: 1 }, { minLength: 1, type: 'string' })).answer, 'compatible');
});

const draft07 = 'http://json-schema.org/draft-07/schema#';

function withMetaSchema(more: JsonObject, minLength: number, reference = draft07): JsonValue {
  return { $schema: draft07, properties: { s: { $ref: reference }, name: { type: 'string', minLength } }, ...more };
}

test('compare() decides about the rest of a schema that refers to a meta-schema', async () => {
  assert.equal((await comparisonOf(withMetaSchema({}, 2), withMetaSchema({}, 1))).answer, 'compatible');
  assert.equal((await comparisonOf(withMetaSchema({}, 1), withMetaSchema({}, 2))).answer, 'breaking');
  const carried = { definitions: { [draft07]: { $id: draft07, type: ['object', 'boolean'] } } };
  assert.equal((await comparisonOf(withMetaSchema(carried, 2), withMetaSchema(carried, 1))).answer, 'compatible');
});

test('attack: compare() never takes a meta-schema that a schema carries for the true one, nor one for another', async () => {
  const carried = { definitions: { [draft07]: { $id: draft07 } } };
  const { answer, witness } = await comparisonOf(withMetaSchema(carried, 1), withMetaSchema({}, 1));
  assert.deepEqual([answer, witness !== null], ['breaking', true]);
  assert.equal((await comparisonOf(withMetaSchema({}, 1), withMetaSchema({ definitions: { [draft07]: { $id: draft07, maxProperties: 1 } } }, 1))).answer === 'compatible', false);
  assert.equal((await comparisonOf(withMetaSchema({}, 1, 'http://json-schema.org/draft-06/schema#'), withMetaSchema({}, 1))).answer, 'undecided');
});

test('compare() answers undecided when a schema is over the limit of depth', async () => {
  let deep: JsonValue = {};
  for (let level = 0; level < 70; level += 1) deep = { not: deep };
  const { answer, doubts } = await comparisonOf(deep, {});
  assert.deepEqual([answer, doubts.map(({ why }) => why)], ['undecided', ['the older schema has more than 64 levels']]);
});

test('compare() answers undecided about a schema with a pattern that is none, although no document would meet it', async () => {
  const { answer, doubts } = await comparisonOf({ properties: { a: { pattern: '(' } } }, { properties: { a: { pattern: '(' } }, required: ['b'] });
  assert.deepEqual([answer, doubts.map(({ why }) => why)], ['undecided', ['the older schema can not be used: its pattern "(" is no regular expression']]);
});

test('attack: compare() never answers compatible about what is no schema, hidden where its dialect looks for none', async () => {
  const hiding = (name: JsonValue): JsonValue => ({ $schema: draft07, $ref: '#/$defs/a', $defs: { a: { required: [name] } } });
  const { answer, doubts } = await comparisonOf(hiding('a'), hiding({ minContains: 3 }));
  assert.deepEqual([answer, doubts.map(({ why }) => why)], ['undecided', ['the newer schema can not be used: what its $ref "#/$defs/a" leads to is no schema of its dialect: at /required/0 it must be string']]);
});
