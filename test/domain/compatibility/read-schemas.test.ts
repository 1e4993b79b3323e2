import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareSchemas } from '../../../src/domain/compatibility/compare-schemas.ts';
import type { JsonValue } from '../../../src/domain/json-value.ts';

const contentOf = (type: string): JsonValue => ({ type: 'string', contentMediaType: 'application/json', contentSchema: { $ref: '#/$defs/x' }, $defs: { x: { type } } });

function answerOf(older: JsonValue, newer: JsonValue): string {
  return compareSchemas(older, newer, 'backward', 'semantic').answer;
}

test('a schema of content whose reference leads to something else now is not compatible', () => {
  assert.notEqual(answerOf(contentOf('string'), contentOf('number')), 'compatible');
});

test('a schema of content that refers to what did not change is compatible', () => {
  assert.equal(answerOf(contentOf('string'), contentOf('string')), 'compatible');
});

const dynamic = (id: string, type: string): JsonValue => ({ $id: id, $defs: { node: { $dynamicAnchor: 'node', type } }, properties: { p: { $dynamicRef: '#node' } } });

test('a keyword that is not modelled is not the same at another place, where its reference leads elsewhere', () => {
  const older = { $defs: { a: dynamic('a', 'string'), b: dynamic('b', 'number') }, allOf: [{ $ref: 'a' }, { not: { $ref: 'b' } }] };
  assert.notEqual(answerOf(older, false), 'compatible');
  assert.equal(answerOf(older, older), 'compatible');
});
