import schema from '../../../schemas/plumbline-config.schema.json' with { type: 'json' };
import { isJsonObject } from '../json-value.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import { member } from './member.ts';

/** The ways in which a repository may move a key of the organisation's configuration. */
export type Direction = 'up' | 'down' | 'union' | 'organisation-only';

/** How a change of a key is judged against the base, where its direction does not say it. `free`: never a loosening; `fixed`: always one. */
export type AgainstBase = 'up' | 'down' | 'free' | 'fixed';

/** What the first item of a list decides for whatever its globs match, so that the order of items matters. */
export interface FirstMatch {
  /** The member with the globs. */
  readonly globs: string;
  readonly decides: readonly string[];
}

/**
 * One key of the configuration as the schema declares it.
 * `group`: an object whose keys each go their own way; `map`: an object with free keys, likewise; `list`: items,
 * told apart by `identity` where they have one; `value`: a leaf, compared in `order` where it is a choice, or by the values that
 * it `covers`, being stricter. `isNeverEmpty`: left out, the list means something else than none.
 */
export type ConfigurationKey =
  | { readonly kind: 'group'; readonly keys: Readonly<Record<string, ConfigurationKey>> }
  | { readonly kind: 'map'; readonly direction: Direction | null; readonly againstBase: AgainstBase | null; readonly values: ConfigurationKey }
  | ListKey
  | ValueKey;

export interface ListKey {
  readonly kind: 'list';
  readonly direction: Direction;
  readonly againstBase: AgainstBase | null;
  readonly identity: string | null;
  readonly firstMatch: FirstMatch | null;
  readonly isNeverEmpty: boolean;
  readonly items: ConfigurationKey;
}

export interface ValueKey {
  readonly kind: 'value';
  readonly direction: Direction;
  readonly againstBase: AgainstBase | null;
  readonly fallback: JsonValue | null;
  readonly order: readonly JsonValue[];
  readonly covers: JsonObject;
}

/** The whole configuration, read from its JSON Schema, so that directions stand in one place. */
export const configurationKeys: ConfigurationKey = declaredKeys(schema, null);

/**
 * The keys of one of our own files as its schema declares them.
 * @param unmarked How a key without a direction is judged against the base; null: as what is the organisation's alone.
 */
export function declaredKeys(document: JsonObject, unmarked: AgainstBase | null): ConfigurationKey {
  return keyOf(document, { definitions: member.object(document, 'definitions'), unmarked });
}

interface Declaring {
  readonly definitions: JsonObject;
  readonly unmarked: AgainstBase | null;
}

function keyOf(declared: JsonValue | undefined, declaring: Declaring): ConfigurationKey {
  const node = resolved(declared, declaring);
  const direction = directionOf(node['x-plumbline-direction']);
  const againstBase = againstBaseOf(node) ?? (direction === null ? declaring.unmarked : null);
  if (node['type'] === 'array') return listKeyOf(node, declaring, { direction: direction ?? 'organisation-only', againstBase });
  if (node['type'] === 'object' && isJsonObject(node['additionalProperties'])) {
    return { kind: 'map', direction, againstBase, values: keyOf(node['additionalProperties'], declaring) };
  }
  if (node['type'] === 'object' && direction === null) return { kind: 'group', keys: keysOf(node['properties'], declaring) };
  return valueKeyOf(node, { direction: direction ?? 'organisation-only', againstBase });
}

type Ways = Pick<ValueKey, 'direction' | 'againstBase'>;

function listKeyOf(node: JsonObject, declaring: Declaring, ways: Ways): ListKey {
  const least = node['minItems'];
  return {
    kind: 'list',
    ...ways,
    identity: member.text(node, 'x-plumbline-identity'),
    firstMatch: firstMatchOf(node['x-plumbline-first-match']),
    isNeverEmpty: typeof least === 'number' && least > 0,
    items: keyOf(node['items'], declaring),
  };
}

function firstMatchOf(value: JsonValue | undefined): FirstMatch | null {
  return isJsonObject(value) ? { globs: member.text(value, 'globs') ?? '', decides: member.texts(value, 'decides') } : null;
}

function valueKeyOf(node: JsonObject, ways: Ways): ValueKey {
  const order = Array.isArray(node['enum']) ? node['enum'] : [];
  return { kind: 'value', ...ways, fallback: node['default'] ?? null, order, covers: member.object(node, 'x-plumbline-covers') };
}

function keysOf(properties: JsonValue | undefined, declaring: Declaring): Readonly<Record<string, ConfigurationKey>> {
  const entries = isJsonObject(properties) ? Object.entries(properties) : [];
  return Object.fromEntries(entries.map(([name, property]) => [name, keyOf(property, declaring)]));
}

function resolved(node: JsonValue | undefined, declaring: Declaring): JsonObject {
  if (!isJsonObject(node)) return {};
  const reference = node['$ref'];
  return typeof reference === 'string' ? resolved(declaring.definitions[reference.slice('#/definitions/'.length)], declaring) : node;
}

function againstBaseOf(node: JsonObject): AgainstBase | null {
  const value = node['x-plumbline-against-base'];
  return value === 'up' || value === 'down' || value === 'free' || value === 'fixed' ? value : null;
}

function directionOf(value: JsonValue | undefined): Direction | null {
  return value === 'up' || value === 'down' || value === 'union' || value === 'organisation-only' ? value : null;
}
