import { tokensOf } from '../../document/pointer.ts';
import { isJsonObject } from '../../json-value.ts';
import type { JsonObject, JsonValue } from '../../json-value.ts';

/** A part of a schema that speaks, or may speak, about one place of a content. */
export interface SchemaPart {
  readonly schema: JsonObject;
  /** The nearest part with an id of its own, or the root: what references within start from. */
  readonly resource: JsonObject;
  /** False where the part may not apply, such as an arm of `oneOf`: then it can make a class stricter, never milder. */
  readonly isSure: boolean;
}

/** The part that a value within another part is; none for what is no object, because booleans annotate nothing. */
export function partWithin(part: SchemaPart, value: JsonValue | undefined, isSure = true): readonly SchemaPart[] {
  if (!isJsonObject(value)) return [];
  return [{ schema: value, resource: startsResource(value) ? value : part.resource, isSure: isSure && part.isSure }];
}

/** A schema as the first part of itself. */
export function rootPart(schema: JsonValue): readonly SchemaPart[] {
  return isJsonObject(schema) ? [{ schema, resource: schema, isSure: true }] : [];
}

/** Members of a keyword that maps names to schemas. */
export function membersOf(value: JsonValue | undefined): readonly (readonly [name: string, schema: JsonValue])[] {
  return isJsonObject(value) ? Object.entries(value) : [];
}

export function itemsOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

/**
 * Where a local `$ref` leads; null where that can not be told. Anchors are looked for in the resource alone, and an id of
 * another resource is not followed: what is not found counts as the strictest.
 */
export function referredPart(part: SchemaPart, reference: string): SchemaPart | null {
  const [address = '', fragment = ''] = reference.split('#', 2);
  if (address !== '' && address !== idOf(part.resource)) return null;
  const target = fragment === '' || fragment.startsWith('/') ? atPointer(part.resource, decoded(fragment)) : anchored(part.resource, fragment);
  return target === null ? null : { ...target, isSure: part.isSure };
}

function atPointer(resource: JsonObject, pointer: string | null): Omit<SchemaPart, 'isSure'> | null {
  const tokens = pointer === null ? null : tokensOf(pointer);
  if (tokens === null) return null;
  let [value, within]: [JsonValue | undefined, JsonObject] = [resource, resource];
  for (const token of tokens) {
    value = memberOf(value, token);
    if (isJsonObject(value) && startsResource(value)) within = value;
  }
  return isJsonObject(value) ? { schema: value, resource: within } : null;
}

function memberOf(value: JsonValue | undefined, token: string): JsonValue | undefined {
  if (isJsonObject(value)) return Object.hasOwn(value, token) ? value[token] : undefined;
  return Array.isArray(value) && /^\d+$/.test(token) ? itemsOf(value)[Number(token)] : undefined;
}

function anchored(resource: JsonObject, name: string): Omit<SchemaPart, 'isSure'> | null {
  const known = anchors.get(resource) ?? anchorsIn(resource);
  anchors.set(resource, known);
  const schema = known.get(name);
  return schema === undefined ? null : { schema, resource };
}

const anchors = new WeakMap<JsonObject, ReadonlyMap<string, JsonObject>>();

/** Drafts 04 to 07 write an anchor as an id that is only a fragment. */
function anchorsIn(resource: JsonObject): ReadonlyMap<string, JsonObject> {
  const found = new Map<string, JsonObject>();
  const pending: JsonValue[] = [resource];
  for (let value = pending.pop(); value !== undefined; value = pending.pop()) {
    if (Array.isArray(value)) pending.push(...itemsOf(value));
    if (!isJsonObject(value) || (value !== resource && startsResource(value))) continue;
    for (const name of [value['$anchor'], value['$dynamicAnchor'], fragmentOf(idOf(value))]) if (typeof name === 'string') found.set(name, value);
    pending.push(...Object.values(value));
  }
  return found;
}

function fragmentOf(id: string | null): string | null {
  return id !== null && id.startsWith('#') ? id.slice(1) : null;
}

function startsResource(schema: JsonObject): boolean {
  const id = idOf(schema);
  return id !== null && !id.startsWith('#');
}

function idOf(schema: JsonObject): string | null {
  const id = schema['$id'] ?? schema['id'];
  return typeof id === 'string' ? id : null;
}

function decoded(fragment: string): string | null {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return null;
  }
}
