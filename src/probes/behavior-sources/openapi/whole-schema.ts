import { metaSchemaUris } from '../../../domain/json-schema/dialect.ts';
import { isJsonObject } from '../../../domain/json-value.ts';
import type { JsonObject, JsonValue } from '../../../domain/json-value.ts';
import { plainSchema } from './plain-schema.ts';

export type WholeSchema = { readonly kind: 'schema'; readonly schema: JsonObject } | { readonly kind: 'unusable'; readonly why: string };

/**
 * A schema of an OpenAPI document made to stand alone as JSON Schema 2020-12: with the component schemas that it reaches, and
 * no others, under `$defs`.
 */
export function wholeSchema(document: JsonObject, schema: JsonValue): WholeSchema {
  const version = document['openapi'];
  const is30 = typeof version === 'string' && /^3\.0\.\d+$/.test(version);
  if (!is30 && !(typeof version === 'string' && /^3\.1\.\d+$/.test(version))) return unusable('it is no OpenAPI document of version 3.0 or 3.1');
  if (!is30 && !knownDialects.includes(document['jsonSchemaDialect'])) return unusable('its jsonSchemaDialect is not the one of OpenAPI 3.1 or JSON Schema 2020-12');
  const components = isJsonObject(document['components']) ? document['components']['schemas'] : undefined;
  const definitions = new Map<string, JsonValue>();
  const pending = [{ name: 'response/body', schema }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const plain = plainSchema(next.schema, is30);
    if (plain.kind === 'unusable') return plain;
    definitions.set(next.name, plain.schema);
    for (const name of plain.components) {
      if (definitions.has(name) || pending.some((one) => one.name === name)) continue;
      const found = isJsonObject(components) && Object.hasOwn(components, name) ? components[name] : undefined;
      if (found === undefined) return unusable('it refers to a schema that it does not have');
      pending.push({ name, schema: found });
    }
  }
  // No component has a slash in its name.
  return { kind: 'schema', schema: { $schema: metaSchemaUris['2020-12'], $ref: '#/$defs/response~1body', $defs: Object.fromEntries(definitions) } };
}

const knownDialects: readonly (JsonValue | undefined)[] = [undefined, 'https://spec.openapis.org/oas/3.1/dialect/base', metaSchemaUris['2020-12']];

function unusable(why: string): Extract<WholeSchema, { readonly kind: 'unusable' }> {
  return { kind: 'unusable', why };
}
