import { isJsonObject } from '../../../domain/json-value.ts';
import type { JsonObject, JsonValue } from '../../../domain/json-value.ts';

export type PlainSchemaReading =
  /** `components`: names of component schemas that it refers to. */
  { readonly kind: 'schema'; readonly schema: JsonValue; readonly components: readonly string[] } | { readonly kind: 'unusable'; readonly why: string };

/** One schema of an OpenAPI document as JSON Schema 2020-12, its references to components turned to `$defs`. */
export function plainSchema(schema: JsonValue, is30: boolean): PlainSchemaReading {
  const components = new Set<string>();
  let objection: string | null = null;
  const visit = (value: JsonValue): JsonValue => {
    if (Array.isArray(value)) return value.map(visit);
    if (!isJsonObject(value)) return value;
    const unread = ['$id', '$anchor', '$dynamicRef', '$dynamicAnchor'].find((keyword) => typeof value[keyword] === 'string');
    if (unread !== undefined) objection ??= `a schema of it uses ${unread}, which this version does not apply`;
    const reference = value['$ref'];
    if (typeof reference !== 'string') return visitMembers(is30 ? as31(value) : forResponses(value), visit);
    const name = /^#\/components\/schemas\/([A-Za-z0-9._-]+)$/.exec(reference)?.[1];
    if (name === undefined) objection ??= 'a schema of it refers to something else than one of its component schemas';
    else components.add(name);
    const turned = { $ref: `#/$defs/${name ?? ''}` };
    // What stands beside a reference is to be ignored in 3.0 and counts in 3.1.
    return is30 ? turned : { ...visitMembers(forResponses(value), visit), ...turned };
  };
  const plain = visit(schema);
  return objection === null ? { kind: 'schema', schema: plain, components: [...components] } : { kind: 'unusable', why: objection };
}

/** Keywords whose value is a value, not a schema. */
const values = new Set(['const', 'enum', 'default', 'example', 'examples', 'required', 'type', '$ref', 'discriminator', 'xml', 'externalDocs']);
/** Keywords whose members are schemas under names that somebody chose. */
const named = new Set(['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas']);

function visitMembers(schema: JsonObject, visit: (value: JsonValue) => JsonValue): JsonObject {
  const members = Object.entries(schema).map(([keyword, value]): [string, JsonValue] => {
    if (values.has(keyword) || keyword.startsWith('x-')) return [keyword, value];
    if (!named.has(keyword) || !isJsonObject(value)) return [keyword, visit(value)];
    return [keyword, Object.fromEntries(Object.entries(value).map(([name, one]) => [name, visit(one)]))];
  });
  return Object.fromEntries(members);
}

/** OpenAPI 3.0.3, section 4.7.24: `nullable` beside a type, and bounds that are exclusive by a boolean. */
function as31(schema: JsonObject): JsonObject {
  const { nullable, exclusiveMinimum, exclusiveMaximum, minimum, maximum, ...rest } = forResponses(schema);
  const type = rest['type'];
  return {
    ...rest,
    ...(nullable === true && typeof type === 'string' ? { type: [type, 'null'] } : {}),
    ...(minimum === undefined ? {} : exclusiveMinimum === true ? { exclusiveMinimum: minimum } : { minimum }),
    ...(maximum === undefined ? {} : exclusiveMaximum === true ? { exclusiveMaximum: maximum } : { maximum }),
  };
}

/** A property that is only written is not required of a response, whatever `required` says. */
function forResponses(schema: JsonObject): JsonObject {
  const { required, properties } = { required: schema['required'], properties: schema['properties'] };
  if (!Array.isArray(required) || !isJsonObject(properties)) return schema;
  return { ...schema, required: required.filter((name) => typeof name !== 'string' || !isWriteOnly(Object.hasOwn(properties, name) ? properties[name] : undefined)) };
}

function isWriteOnly(property: JsonValue | undefined): boolean {
  return isJsonObject(property) && property['writeOnly'] === true;
}
