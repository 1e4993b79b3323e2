import { mapSchemas } from '../../domain/compatibility/schema-places.ts';
import type { SchemaDialect } from '../../domain/json-schema/dialect.ts';
import { schemaParts } from '../../domain/json-schema/schema-parts.ts';
import { isJsonObject } from '../../domain/json-value.ts';
import type { JsonObject, JsonValue } from '../../domain/json-value.ts';

/**
 * The same schema in a form that the validator can follow: a part with an address of its own that is itself a reference into that
 * address sends it round for ever. Within `allOf` the reference means the same; up to draft 7 the address beside it counts for nothing.
 */
export function separateReferences(schema: JsonObject, dialect: SchemaDialect): JsonObject {
  const isNeeded = schemaParts(schema).all.some((part) => part.schema !== schema && hasBoth(part.schema));
  if (!isNeeded) return schema;
  const separated = mapSchemas(schema, (part, keyword) => (keyword !== '' && hasBoth(part) ? separate(part, dialect) : part));
  return isJsonObject(separated) ? separated : schema;
}

function hasBoth(part: Readonly<Record<string, unknown>>): boolean {
  return typeof part['$id'] === 'string' && typeof part['$ref'] === 'string';
}

function separate(part: JsonObject, dialect: SchemaDialect): JsonObject {
  if (dialect !== '2019-09' && dialect !== '2020-12') return without(part, '$id');
  const { $ref = '', allOf } = part;
  return { ...without(part, '$ref'), allOf: [...(isList(allOf) ? allOf : []), { $ref }] };
}

function without(part: JsonObject, keyword: string): JsonObject {
  return Object.fromEntries(Object.entries(part).filter(([name]) => name !== keyword));
}

function isList(value: JsonValue | undefined): value is readonly JsonValue[] {
  return Array.isArray(value);
}
