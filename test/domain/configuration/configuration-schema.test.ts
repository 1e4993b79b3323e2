import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Ajv } from 'ajv';
import { configurationKeys } from '../../../src/domain/configuration/configuration-key.ts';
import type { ConfigurationKey } from '../../../src/domain/configuration/configuration-key.ts';
import { findingRules } from '../../../src/domain/finding-code.ts';
import { isJsonObject } from '../../../src/domain/json-value.ts';
import type { JsonObject, JsonValue } from '../../../src/domain/json-value.ts';
import schema from '../../../schemas/plumbline-config.schema.json' with { type: 'json' };

const document: JsonObject = schema;

test('the schema of the configuration is a schema of its dialect', () => {
  const ajv = new Ajv();
  assert.deepEqual([ajv.validateSchema(document), ajv.errors], [true, null]);
});

test('every finding code of this version can be named in rules', () => {
  const known = schema.definitions.code.enum;
  assert.deepEqual(Object.keys(findingRules).filter((code) => !known.includes(code)), []);
});

test('every object of the format refuses keys that it does not know', () => {
  const open = nodes(document).filter((node) => node['type'] === 'object' && node['additionalProperties'] === undefined);
  assert.deepEqual(open, []);
});

test('every list of the format is bounded and every text that is a pattern is checked as one', () => {
  const lists = nodes(document).filter((node) => node['type'] === 'array');
  assert.deepEqual(lists.filter((node) => typeof node['maxItems'] !== 'number'), []);
});

test('every top key has a description for editors', () => {
  assert.deepEqual(Object.entries(schema.properties).filter(([, property]) => property.description.length < 10), []);
});

test('every key that goes up or down can be ordered', () => {
  const unordered = leaves(configurationKeys, '').filter(([, key]) => key.kind === 'value' && (key.direction === 'up' || key.direction === 'down') && key.order.length === 0 && typeof key.fallback === 'string');
  assert.deepEqual(unordered.map(([name]) => name), ['/rules/*'], 'only rule modes have an order of their own');
});

function nodes(value: JsonValue): readonly JsonObject[] {
  if (Array.isArray(value)) return value.flatMap((item: JsonValue) => nodes(item));
  return isJsonObject(value) ? [value, ...Object.values(value).flatMap((item) => nodes(item))] : [];
}

function leaves(key: ConfigurationKey, name: string): readonly (readonly [string, ConfigurationKey])[] {
  switch (key.kind) {
    case 'group':
      return Object.entries(key.keys).flatMap(([part, below]) => leaves(below, `${name}/${part}`));
    case 'map':
      return leaves(key.values, `${name}/*`);
    case 'list':
      return leaves(key.items, `${name}/-`);
    case 'value':
      return [[name, key]];
  }
}
