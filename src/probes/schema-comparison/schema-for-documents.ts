import type { PlainSchema } from '../../domain/json-schema/is-schema.ts';
import { isSchema } from '../../domain/json-schema/is-schema.ts';
import { schemaParts } from '../../domain/json-schema/schema-parts.ts';
import type { JsonValue } from '../../domain/json-value.ts';

/**
 * A schema that says of these documents what the given one says: a property whose name none of them has, at whatever level, is
 * left open. Large schemas describe thousands of properties and a document has a few, and it is describing that costs the
 * validator seconds. What a reference leads to stays, and everything where it is not known what that is.
 */
export function schemaForDocuments(schema: PlainSchema, documents: readonly JsonValue[]): PlainSchema {
  if (typeof schema === 'boolean') return schema;
  const parts = schemaParts(schema);
  const targets = new Set<unknown>(parts.all.flatMap((part) => (typeof part.schema['$ref'] === 'string' ? [parts.target(part, part.schema['$ref'])?.schema ?? null] : [])));
  if (targets.has(null)) return schema;
  const properties = new Set<unknown>(parts.all.map((part) => part.schema['properties']));
  const names = namesIn(documents);
  const isLeftOpen = (name: string, member: unknown): boolean => !names.has(name) && typeof member === 'object' && !isWithin(member, targets);
  const copy = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(copy);
    if (!isSchema(value) || typeof value === 'boolean') return value;
    const isProperties = properties.has(value);
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, isProperties && isLeftOpen(name, member) ? true : copy(member)]));
  };
  const copied = copy(schema);
  return isSchema(copied) ? copied : schema;
}

function namesIn(documents: readonly JsonValue[]): ReadonlySet<string> {
  const names = new Set<string>();
  const visit = (value: JsonValue): void => {
    if (typeof value !== 'object' || value === null) return;
    if (!Array.isArray(value)) for (const name of Object.keys(value)) names.add(name);
    for (const member of Object.values(value)) visit(member);
  };
  for (const document of documents) visit(document);
  return names;
}

/** Whether one of these stands within a value, or is it. */
function isWithin(value: unknown, targets: ReadonlySet<unknown>): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return targets.has(value) || Object.values(value).some((member) => isWithin(member, targets));
}
