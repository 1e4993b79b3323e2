import type { DialectName } from '../../domain/json-schema/dialect.ts';
import { isSchema } from '../../domain/json-schema/is-schema.ts';
import type { PlainSchema } from '../../domain/json-schema/is-schema.ts';
import { schemaParts } from '../../domain/json-schema/schema-parts.ts';
import type { SchemaObject } from '../../domain/json-schema/schema-parts.ts';

/**
 * A schema that says the same in a form in which the validator makes none of two errors: in a list of lists it takes an empty one
 * to contain what the one before did, and beside `items` of a plain type it does not compare elements at the fixed
 * places with each other. Either would let through a document that the schema refuses.
 */
export function aroundKnownErrors(schema: PlainSchema, name: DialectName): PlainSchema {
  if (typeof schema === 'boolean') return schema;
  const parts = schemaParts(schema);
  if (!parts.all.some((part) => mended(part.schema, name) !== part.schema)) return schema;
  const copy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(copy);
    if (!isSchema(value) || typeof value === 'boolean') return value;
    const copied = Object.fromEntries(Object.entries(value).map(([key, member]) => [key, copy(member)]));
    return parts.partOf(value) === null ? copied : mended(copied, name);
  };
  const copied = copy(schema);
  return isSchema(copied) ? copied : schema;
}

function mended(part: SchemaObject, name: DialectName): SchemaObject {
  return uniqueApart(containingSomething(part, name));
}

function containingSomething(part: SchemaObject, name: DialectName): SchemaObject {
  const { contains, minContains, minItems } = part;
  const isCounted = name === '2019-09' || name === '2020-12';
  if (contains === undefined || (isCounted && minContains === 0) || (typeof minItems === 'number' && minItems > 0)) return part;
  return { ...part, minItems: 1 };
}

function uniqueApart(part: SchemaObject): SchemaObject {
  if (part['uniqueItems'] !== true || part['prefixItems'] === undefined) return part;
  const { uniqueItems, allOf, ...others } = part;
  return { ...others, allOf: [...(Array.isArray(allOf) ? allOf : []), { uniqueItems }] };
}
