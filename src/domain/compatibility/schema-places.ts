import type { JsonObject, JsonValue } from '../json-value.ts';
import { isJsonObject } from '../json-value.ts';

/** Keywords whose value is a schema, a list of schemas, or schemas under names. */
const single = new Set(['not', 'if', 'then', 'else', 'contains', 'propertyNames', 'additionalProperties', 'additionalItems', 'unevaluatedProperties', 'unevaluatedItems', 'items', 'contentSchema']);
const lists = new Set(['allOf', 'anyOf', 'oneOf', 'prefixItems', 'items']);
const named = new Set(['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas', 'dependencies']);

/** A copy of a schema in which `change` was applied to each part that is a schema, from within outwards. */
export function mapSchemas(schema: JsonValue, change: (schema: JsonObject, keyword: string) => JsonValue, keyword = ''): JsonValue {
  if (!isJsonObject(schema)) return schema;
  const below = (value: JsonValue, at: string): JsonValue => (isJsonObject(value) || typeof value === 'boolean' ? mapSchemas(value, change, at) : value);
  const members = Object.entries(schema).map(([name, value]): readonly [string, JsonValue] => {
    if (lists.has(name) && Array.isArray(value)) return [name, value.map((one: JsonValue) => below(one, name))];
    if (named.has(name) && isJsonObject(value)) return [name, Object.fromEntries(Object.entries(value).map(([key, one]) => [key, below(one, name)]))];
    return [name, single.has(name) ? below(value, name) : value];
  });
  return change(Object.fromEntries(members), keyword);
}
