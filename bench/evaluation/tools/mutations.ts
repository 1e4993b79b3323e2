import { isJsonObject } from '../../../src/domain/json-value.ts';
import type { JsonObject, JsonValue } from '../../../src/domain/json-value.ts';

/**
 * A change of one schema object whose effect is known by how it is made: `loosens` accepts all that was accepted;
 * `tightens` may refuse some of it, which a document has to show. Null: it does not apply.
 */
export interface Mutation {
  readonly name: string;
  readonly effect: 'loosens' | 'tightens';
  apply(schema: JsonObject): JsonObject | null;
}

const constraints = ['type', 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf', 'minLength', 'maxLength', 'pattern', 'minItems', 'maxItems', 'uniqueItems', 'minProperties', 'maxProperties', 'required', 'enum', 'const', 'propertyNames', 'contains', 'dependentRequired'];
const lower = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'];
const upper = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'];

export const mutations: readonly Mutation[] = [
  ...constraints.map((keyword): Mutation => ({ name: `remove ${keyword}`, effect: 'loosens', apply: (schema) => (schema[keyword] === undefined ? null : without(schema, keyword)) })),
  ...lower.flatMap((keyword) => [moved(keyword, -1, 'loosens'), moved(keyword, 1, 'tightens')]),
  ...upper.flatMap((keyword) => [moved(keyword, 1, 'loosens'), moved(keyword, -1, 'tightens')]),
  { name: 'describe', effect: 'loosens', apply: (schema) => ({ ...schema, description: 'Said anew.', examples: [1] }) },
  { name: 'allow null', effect: 'loosens', apply: (schema) => (typeof schema['type'] === 'string' && schema['type'] !== 'null' ? { ...schema, type: [schema['type'], 'null'] } : null) },
  { name: 'integer to number', effect: 'loosens', apply: (schema) => (schema['type'] === 'integer' ? { ...schema, type: 'number' } : null) },
  { name: 'number to integer', effect: 'tightens', apply: (schema) => (schema['type'] === 'number' ? { ...schema, type: 'integer' } : null) },
  { name: 'double multipleOf', effect: 'tightens', apply: (schema) => (typeof schema['multipleOf'] === 'number' ? { ...schema, multipleOf: schema['multipleOf'] * 2 } : null) },
  { name: 'add to enum', effect: 'loosens', apply: (schema) => (Array.isArray(schema['enum']) ? { ...schema, enum: [...schema['enum'], 'added'] } : null) },
  { name: 'reorder enum', effect: 'loosens', apply: (schema) => (Array.isArray(schema['enum']) ? { ...schema, enum: schema['enum'].toReversed() } : null) },
  { name: 'take from enum', effect: 'tightens', apply: (schema) => (Array.isArray(schema['enum']) && schema['enum'].length > 1 ? { ...schema, enum: schema['enum'].slice(1) } : null) },
  { name: 'const to enum', effect: 'loosens', apply: (schema) => (schema['const'] === undefined ? null : { ...without(schema, 'const'), enum: [schema['const'], 'other'] }) },
  { name: 'add pattern', effect: 'tightens', apply: (schema) => (schema['type'] === 'string' && schema['pattern'] === undefined ? { ...schema, pattern: '^[a-z]+$' } : null) },
  { name: 'require a known member', effect: 'tightens', apply: (schema) => required(schema, Object.keys(membersOf(schema)).find((name) => !namesOf(schema).includes(name))) },
  { name: 'require an unknown member', effect: 'tightens', apply: (schema) => required(schema, schema['type'] === 'object' ? 'unheardOf' : undefined) },
  { name: 'close', effect: 'tightens', apply: (schema) => (schema['type'] === 'object' && schema['additionalProperties'] === undefined ? { ...schema, additionalProperties: false } : null) },
  { name: 'open', effect: 'loosens', apply: (schema) => (schema['additionalProperties'] === false ? without(schema, 'additionalProperties') : null) },
  { name: 'add a member to a closed object', effect: 'loosens', apply: (schema) => (schema['additionalProperties'] === false ? withMember(schema, 'added', { type: 'string' }) : null) },
  { name: 'add a typed member to an open object', effect: 'tightens', apply: (schema) => (schema['type'] === 'object' && schema['additionalProperties'] === undefined ? withMember(schema, 'x-other', { type: 'string' }) : null) },
  { name: 'add an unconstrained member to an open object', effect: 'loosens', apply: (schema) => (schema['type'] === 'object' && schema['additionalProperties'] === undefined ? withMember(schema, 'x-other', true) : null) },
  { name: 'forget a member', effect: 'tightens', apply: (schema) => (schema['additionalProperties'] === false ? withoutMember(schema) : null) },
  { name: 'forget a member of an open object', effect: 'loosens', apply: (schema) => (schema['additionalProperties'] === undefined && schema['patternProperties'] === undefined ? withoutMember(schema) : null) },
  { name: 'wrap in allOf', effect: 'loosens', apply: (schema) => (schema['$schema'] === undefined && schema['allOf'] === undefined ? { allOf: [schema] } : null) },
  { name: 'add an arm to anyOf', effect: 'loosens', apply: (schema) => (Array.isArray(schema['anyOf']) ? { ...schema, anyOf: [{ type: 'null' }, ...schema['anyOf']] } : null) },
  { name: 'take an arm from anyOf', effect: 'tightens', apply: (schema) => (Array.isArray(schema['anyOf']) && schema['anyOf'].length > 1 ? { ...schema, anyOf: schema['anyOf'].slice(1) } : null) },
  { name: 'unique items', effect: 'tightens', apply: (schema) => (schema['type'] === 'array' && schema['uniqueItems'] === undefined ? { ...schema, uniqueItems: true } : null) },
];

function without(schema: JsonObject, keyword: string): JsonObject {
  return Object.fromEntries(Object.entries(schema).filter(([name]) => name !== keyword));
}

function moved(keyword: string, by: 1 | -1, effect: Mutation['effect']): Mutation {
  return {
    name: `${by === 1 ? 'raise' : 'lower'} ${keyword}`,
    effect,
    apply: (schema) => {
      const bound = schema[keyword];
      return typeof bound === 'number' && (bound + by >= 0 || /imum$/i.test(keyword)) ? { ...schema, [keyword]: bound + by } : null;
    },
  };
}

function membersOf(schema: JsonObject): JsonObject {
  const members = schema['properties'];
  return isJsonObject(members) ? members : {};
}

function namesOf(schema: JsonObject): readonly JsonValue[] {
  return Array.isArray(schema['required']) ? schema['required'] : [];
}

function required(schema: JsonObject, name: string | undefined): JsonObject | null {
  return name === undefined ? null : { ...schema, required: [...namesOf(schema), name] };
}

function withMember(schema: JsonObject, name: string, member: JsonValue): JsonObject {
  return { ...schema, properties: { ...membersOf(schema), [name]: member } };
}

function withoutMember(schema: JsonObject): JsonObject | null {
  const [first] = Object.keys(membersOf(schema)).filter((name) => !namesOf(schema).includes(name));
  return first === undefined ? null : { ...schema, properties: without(membersOf(schema), first) };
}
