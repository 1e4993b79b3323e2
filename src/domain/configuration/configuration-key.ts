import schema from '../../../schemas/plumbline-config.schema.json' with { type: 'json' };
import { isJsonObject } from '../json-value.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';

/** The ways in which a repository may move a key of the organisation's configuration. */
export type Direction = 'up' | 'down' | 'union' | 'organisation-only';

/**
 * One key of the configuration as the schema declares it.
 * `group`: an object whose keys each go their own way; `map`: an object with free keys, likewise; `list`: items,
 * told apart by `identity` where they have one; `value`: a leaf, compared in `order` where it is a choice.
 */
export type ConfigurationKey =
  | { readonly kind: 'group'; readonly keys: Readonly<Record<string, ConfigurationKey>> }
  | { readonly kind: 'map'; readonly direction: Direction | null; readonly values: ConfigurationKey }
  | { readonly kind: 'list'; readonly direction: Direction; readonly identity: string | null; readonly items: ConfigurationKey }
  | { readonly kind: 'value'; readonly direction: Direction; readonly fallback: JsonValue | null; readonly order: readonly JsonValue[] };

const document: JsonObject = schema;

/** The whole configuration, read from its JSON Schema, so that directions stand in one place. */
export const configurationKeys: ConfigurationKey = keyOf(document);

function keyOf(declared: JsonValue | undefined): ConfigurationKey {
  const node = resolved(declared);
  const direction = directionOf(node['x-plumbline-direction']);
  if (node['type'] === 'array') {
    const identity = node['x-plumbline-identity'];
    return { kind: 'list', direction: direction ?? 'organisation-only', identity: typeof identity === 'string' ? identity : null, items: keyOf(node['items']) };
  }
  if (node['type'] === 'object' && isJsonObject(node['additionalProperties'])) {
    return { kind: 'map', direction, values: keyOf(node['additionalProperties']) };
  }
  if (node['type'] === 'object' && direction === null) return { kind: 'group', keys: keysOf(node['properties']) };
  const order = Array.isArray(node['enum']) ? node['enum'] : [];
  return { kind: 'value', direction: direction ?? 'organisation-only', fallback: node['default'] ?? null, order };
}

function keysOf(properties: JsonValue | undefined): Readonly<Record<string, ConfigurationKey>> {
  const entries = isJsonObject(properties) ? Object.entries(properties) : [];
  return Object.fromEntries(entries.map(([name, property]) => [name, keyOf(property)]));
}

function resolved(node: JsonValue | undefined): JsonObject {
  if (!isJsonObject(node)) return {};
  const reference = node['$ref'];
  if (typeof reference !== 'string') return node;
  const definitions = document['definitions'];
  return isJsonObject(definitions) ? resolved(definitions[reference.slice('#/definitions/'.length)]) : {};
}

function directionOf(value: JsonValue | undefined): Direction | null {
  return value === 'up' || value === 'down' || value === 'union' || value === 'organisation-only' ? value : null;
}
