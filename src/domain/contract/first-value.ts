import { setMember } from '../document/set-member.ts';
import type { MembersUnderConstruction } from '../document/set-member.ts';
import { isJsonObject } from '../json-value.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import { limits } from '../limits.ts';

/**
 * A first value for a schema, made of what the schema states itself: its default, its constant, its first example, its
 * first word, or the smallest value of its type, with every required member. Where that says too little it is null.
 */
export function firstValue(schema: JsonValue | undefined, depth = 0): JsonValue {
  if (!isJsonObject(schema) || depth > limits.depth) return null;
  const [stated] = [schema['default'], schema['const'], first(schema['examples']), first(schema['enum'])].filter((one) => one !== undefined);
  if (stated !== undefined) return stated;
  const type = Array.isArray(schema['type']) ? (schema['type'].includes('null') ? 'null' : first(schema['type'])) : (schema['type'] ?? (isJsonObject(schema['properties']) ? 'object' : undefined));
  return valueOfType(type, schema, depth);
}

function valueOfType(type: JsonValue | undefined, schema: JsonObject, depth: number): JsonValue {
  if (type === 'object') return membersOf(schema, depth);
  if (type === 'array') return Array.from({ length: Math.min(numberAt(schema, 'minItems', 0), 10) }, () => firstValue(schema['items'], depth + 1));
  if (type === 'string') return 'x'.repeat(Math.min(numberAt(schema, 'minLength', 0), 1_000));
  if (type === 'number' || type === 'integer') return numberAt(schema, 'minimum', 0);
  return type === 'boolean' ? false : null;
}

function membersOf(schema: JsonObject, depth: number): JsonObject {
  const members: MembersUnderConstruction = {};
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  const properties = schema['properties'];
  for (const name of required) {
    if (typeof name === 'string') setMember(members, name, firstValue(isJsonObject(properties) && Object.hasOwn(properties, name) ? properties[name] : undefined, depth + 1));
  }
  return members;
}

function first(list: JsonValue | undefined): JsonValue | undefined {
  return Array.isArray(list) ? list[0] : undefined;
}

function numberAt(schema: JsonObject, name: string, otherwise: number): number {
  const value = schema[name];
  return typeof value === 'number' ? value : otherwise;
}
