import type { DialectName } from '../json-schema/dialect.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import { isJsonObject } from '../json-value.ts';
import type { Described } from './schema-reading.ts';

/** Keywords that describe members only for some values, or describe elements in a way that validators differ on. */
const dependent = ['anyOf', 'oneOf', 'if', 'not', 'dependentSchemas', 'dependencies', 'contains', '$dynamicRef', '$recursiveRef'];

/**
 * What `unevaluatedProperties` and `unevaluatedItems` of this schema leave out: all that its keywords, `allOf` and `$ref`
 * describe. Null where what is described depends on the value.
 */
export function describedBy(schema: JsonObject, dialect: DialectName, target: (reference: string) => JsonObject | null): Described | null {
  const sum = { names: new Set<string>(), sources: new Set<string>(), allProperties: false, items: 0 };
  const seen = new Set<JsonObject>();
  const pending: (JsonValue | null)[] = [schema];
  while (pending.length > 0) {
    const part = pending.pop() ?? null;
    if (part === null) return null;
    if (!isJsonObject(part) || seen.has(part)) continue;
    seen.add(part);
    // A reference from another resource is looked up from this one: only those without an address of their own are followed.
    if (dependent.some((keyword) => part[keyword] !== undefined) || (part !== schema && part['$id'] !== undefined)) return null;
    for (const name of Object.keys(objectOf(part['properties']))) sum.names.add(name);
    for (const source of Object.keys(objectOf(part['patternProperties']))) sum.sources.add(source);
    if (part['additionalProperties'] !== undefined || (part !== schema && part['unevaluatedProperties'] !== undefined)) sum.allProperties = true;
    sum.items = Math.max(sum.items, itemsOf(part, dialect, part !== schema));
    if (typeof part['$ref'] === 'string') pending.push(target(part['$ref']));
    if (Array.isArray(part['allOf'])) pending.push(...part['allOf']);
  }
  return { names: [...sum.names], sources: [...sum.sources], allProperties: sum.allProperties, items: sum.items };
}

/** The fixed places are `prefixItems` since 2020-12, before that `items` as a list: in the other dialect either describes nothing. */
function itemsOf(part: JsonObject, dialect: DialectName, isInner: boolean): number {
  const { items, prefixItems, additionalItems } = part;
  const isLatest = dialect === '2020-12';
  if (isInner && part['unevaluatedItems'] !== undefined) return Infinity;
  if (items !== undefined && !Array.isArray(items)) return Infinity;
  const places = isLatest ? prefixItems : items;
  if (!Array.isArray(places)) return 0;
  return !isLatest && additionalItems !== undefined ? Infinity : places.length;
}

function objectOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}
