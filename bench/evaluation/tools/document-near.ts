import { isJsonObject } from '../../../src/domain/json-value.ts';
import type { JsonObject, JsonValue } from '../../../src/domain/json-value.ts';
import { pick } from './random.ts';
import type { Random } from './random.ts';

const plain: readonly JsonValue[] = [null, true, false, 0, 1, -1, 2, 3, 7, 1.5, 100, '', 'a', 'ab', 'zzzzzzzz', '2024-01-01', 'a@example.com', [], [1], ['a', 'a'], {}, { a: 1 }];

/** A document that the schema may accept or just miss: its constants, its bounds and what lies beside them, its members with some left out and some added. */
export function documentNear(schema: JsonValue, random: Random, root: JsonValue = schema, depth = 0): JsonValue {
  if (!isJsonObject(schema) || depth > 5 || random() < 0.08) return pick(plain, random);
  const near = (part: JsonValue): JsonValue => documentNear(part, random, root, depth + 1);
  if (typeof schema['$ref'] === 'string') return near(resolved(schema['$ref'], root));
  if (schema['const'] !== undefined) return schema['const'];
  if (Array.isArray(schema['enum']) && schema['enum'].length > 0) return pick(schema['enum'], random);
  const arms = ['allOf', 'anyOf', 'oneOf'].flatMap((keyword) => itemsOf(schema[keyword])).concat(['if', 'then', 'else', 'not'].flatMap((keyword) => schema[keyword] ?? []));
  if (arms.length > 0 && random() < 0.7) return merged(near(pick(arms, random)), near({ ...schema, allOf: [], anyOf: [], oneOf: [], if: true }));
  switch (pick(typesOf(schema), random)) {
    case 'object':
      return objectNear(schema, near, random);
    case 'array':
      return arrayNear(schema, near, random);
    case 'string':
      return stringNear(schema, random);
    case 'integer':
    case 'number':
      return numberNear(schema, random);
    case 'boolean':
      return random() < 0.5;
    case 'null':
      return null;
    default:
      return pick(plain, random);
  }
}

function itemsOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

function resolved(reference: string, root: JsonValue): JsonValue {
  return reference.split('/').slice(1).reduce<JsonValue>((at, token) => (isJsonObject(at) ? (at[token] ?? true) : true), root);
}

/** Both parts of a conjunction, where both are objects; else the first. */
function merged(one: JsonValue, other: JsonValue): JsonValue {
  return isJsonObject(one) && isJsonObject(other) ? { ...other, ...one } : one;
}

const hints: Readonly<Record<string, readonly string[]>> = {
  object: ['properties', 'required', 'additionalProperties', 'patternProperties', 'propertyNames', 'minProperties', 'maxProperties', 'dependencies', 'dependentRequired', 'dependentSchemas'],
  array: ['items', 'prefixItems', 'additionalItems', 'contains', 'minItems', 'maxItems', 'uniqueItems'],
  string: ['minLength', 'maxLength', 'pattern', 'format'],
  number: ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'],
};

function typesOf({ type, ...schema }: JsonObject): readonly string[] {
  const stated = [type].flat().filter((name) => typeof name === 'string');
  if (stated.length > 0) return stated;
  const hinted = Object.entries(hints).filter(([, keywords]) => keywords.some((keyword) => schema[keyword] !== undefined)).map(([type]) => type);
  return hinted.length > 0 ? hinted : ['any'];
}

function objectNear(schema: JsonObject, near: (part: JsonValue) => JsonValue, random: Random): JsonObject {
  const properties = isJsonObject(schema['properties']) ? schema['properties'] : {};
  const required = itemsOf(schema['required']).filter((name) => typeof name === 'string');
  const dependent = ['dependencies', 'dependentRequired'].flatMap((keyword) => Object.entries(isJsonObject(schema[keyword]) ? schema[keyword] : {})).flatMap(([name, needs]) => [name, ...itemsOf(needs).filter((need) => typeof need === 'string')]);
  const further = [...dependent, 'x-other', 'b', 'foo', 'name', 'a1'].filter(() => random() < 0.25);
  const keep = random();
  const names = [...new Set([...required.filter(() => random() < 0.97), ...Object.keys(properties).filter(() => random() < keep), ...further])];
  const rest = [schema['additionalProperties'], ...Object.values(isJsonObject(schema['patternProperties']) ? schema['patternProperties'] : {})].filter((part) => part !== undefined);
  return Object.fromEntries(names.map((name) => [name, near(properties[name] ?? (rest.length > 0 ? pick(rest, random) : true))]));
}

function arrayNear(schema: JsonObject, near: (part: JsonValue) => JsonValue, random: Random): JsonValue {
  const { items, minItems, maxItems } = schema;
  const bound = [minItems, maxItems].filter((limit) => typeof limit === 'number');
  const length = Math.min(12, Math.max(0, (bound.length > 0 ? pick(bound, random) : 1) + pick([-1, 0, 0, 1, 2], random)));
  const places = [...itemsOf(schema['prefixItems']), ...itemsOf(items)];
  const rest = [Array.isArray(items) ? undefined : items, schema['additionalItems'], schema['contains']].filter((part) => part !== undefined);
  const made = Array.from({ length }, (_, place) => near(places[place] ?? (rest.length > 0 ? pick(rest, random) : true)));
  return random() < 0.15 && made[0] !== undefined ? made.map(() => made[0] ?? null) : made;
}

const texts: readonly string[] = ['', 'a', 'b1', 'abc', 'ABC', '123', '2024-01-31', '2024-01-31T10:00:00Z', 'a@example.com', 'https://example.com/a', '127.0.0.1', '00000000-0000-4000-8000-000000000000', '{"a": 1}', 'aGVsbG8='];

function stringNear({ minLength, maxLength }: JsonObject, random: Random): string {
  const bounds = [minLength, maxLength].filter((limit) => typeof limit === 'number');
  if (bounds.length === 0 || random() < 0.3) return pick(texts, random);
  return 'x'.repeat(Math.min(200, Math.max(0, pick(bounds, random) + pick([-1, 0, 1], random))));
}

function numberNear(schema: JsonObject, random: Random): number {
  const bounds = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf'].map((keyword) => schema[keyword]).filter((limit) => typeof limit === 'number');
  const start = bounds.length > 0 ? pick(bounds, random) : pick([0, 1, 10, -5], random);
  return random() < 0.3 ? start * pick([2, 3, 5, 7], random) : start + pick([-1, -0.5, 0, 0, 0.5, 1, 2], random);
}
