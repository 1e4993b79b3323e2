import type { SchemaDialect } from '../json-schema/dialect.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import { isJsonObject } from '../json-value.ts';
import { mapSchemas } from './schema-places.ts';

const draft07 = 'http://json-schema.org/draft-07/schema#';
/** What draft 4 does not know and draft 7 does. */
const laterThanDraft04 = ['const', 'contains', 'propertyNames', 'if', 'then', 'else', '$id'];

/**
 * The same schema in a form that the validator and the comparison take: draft 4 written as draft 7, `id` left out where it
 * is no keyword, and an empty `enum` written as what it means. Pointers stay as they are.
 */
export function modernSchema(schema: JsonValue, dialect: SchemaDialect): JsonValue {
  const modern = mapSchemas(schema, (part) => withObjects(nothingListed(dialect === 'draft-04' ? fromDraft04(part) : withoutId(part))));
  return dialect === 'draft-04' && isJsonObject(modern) ? { ...modern, $schema: draft07 } : modern;
}

function withoutId(part: JsonObject): JsonObject {
  return typeof part['id'] === 'string' ? without(part, ['id']) : part;
}

function fromDraft04(part: JsonObject): JsonObject {
  const kept = without(part, [...laterThanDraft04, 'id', 'exclusiveMinimum', 'exclusiveMaximum', '$schema']);
  const id = typeof part['id'] === 'string' ? { $id: part['id'] } : {};
  return { ...exclusive(exclusive(kept, part, 'minimum', 'exclusiveMinimum'), part, 'maximum', 'exclusiveMaximum'), ...id };
}

/** In draft 4 the exclusive keyword is a flag of the other one. */
function exclusive(kept: JsonObject, part: JsonObject, limit: string, flag: string): JsonObject {
  const value = part[limit];
  return part[flag] === true && typeof value === 'number' ? { ...without(kept, [limit]), [flag]: value } : kept;
}

function nothingListed(part: JsonObject): JsonObject {
  const listed = part['enum'];
  if (!Array.isArray(listed) || listed.length > 0) return part;
  return { ...without(part, ['enum']), allOf: [...listOf(part['allOf']), { not: {} }] };
}

/** A definition that is a boolean has no identity by which a reference could find it. */
function withObjects(part: JsonObject): JsonObject {
  const definitions = ['$defs', 'definitions'].flatMap((keyword) => (isJsonObject(part[keyword]) ? [[keyword, part[keyword]] as const] : []));
  return { ...part, ...Object.fromEntries(definitions.map(([keyword, members]) => [keyword, Object.fromEntries(Object.entries(members).map(asObject))])) };
}

function asObject([name, definition]: readonly [string, JsonValue]): readonly [string, JsonValue] {
  if (definition === true) return [name, {}];
  return [name, definition === false ? { not: {} } : definition];
}

function without(part: JsonObject, names: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(part).filter(([name]) => !names.includes(name)));
}

function listOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}
