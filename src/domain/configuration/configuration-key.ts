import schema from '../../../schemas/plumbline-config.schema.json' with { type: 'json' };
import { isJsonObject } from '../json-value.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import { member } from './member.ts';

/** The ways in which a repository may move a key of the organisation's configuration. */
export type Direction = 'up' | 'down' | 'union' | 'organisation-only';

/** How a change of a key is judged against the base, where its direction does not say it. `free`: never a loosening; `kept`: one where it goes; `fixed`: always one. */
export type AgainstBase = 'up' | 'down' | 'free' | 'kept' | 'fixed';

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
export const configurationKeys: ConfigurationKey = keysOfSchema(schema, 'organisation-only');

/**
 * What one of our own schemas declares.
 * @param unmarked Which way a value without a direction may go against the base: none, or any.
 */
export function keysOfSchema(document: JsonObject, unmarked: 'organisation-only' | 'free'): ConfigurationKey {
  return keyOf(document, { definitions: member.object(document, 'definitions'), unmarked: unmarked === 'free' ? 'free' : null, within: [] });
}

interface Reading {
  readonly definitions: JsonObject;
  readonly unmarked: AgainstBase | null;
  /** Definitions that this is a part of: where one comes again inside of itself it is compared as a whole. */
  readonly within: readonly string[];
}

function keyOf(declared: JsonValue | undefined, reading: Reading): ConfigurationKey {
  const reference = isJsonObject(declared) ? member.text(declared, '$ref') : null;
  if (reference === null) return keyOfNode(isJsonObject(declared) ? declared : {}, reading);
  if (reading.within.includes(reference)) return valueKeyOf({}, null, reading);
  return keyOf(reading.definitions[reference.slice('#/definitions/'.length)], { ...reading, within: [...reading.within, reference] });
}

function keyOfNode(node: JsonObject, reading: Reading): ConfigurationKey {
  const direction = directionOf(node['x-plumbline-direction']);
  if (node['type'] === 'array') return listKeyOf(node, direction, reading);
  if (node['type'] === 'object' && isJsonObject(node['additionalProperties'])) {
    return { kind: 'map', direction, againstBase: againstBaseOf(node, null), values: keyOf(node['additionalProperties'], reading) };
  }
  if (node['type'] === 'object' && direction === null) return { kind: 'group', keys: keysOf(node, reading) };
  return valueKeyOf(node, direction, reading);
}

function listKeyOf(node: JsonObject, direction: Direction | null, reading: Reading): ListKey {
  const least = node['minItems'];
  return {
    kind: 'list',
    direction: direction ?? 'organisation-only',
    againstBase: againstBaseOf(node, direction === null ? reading.unmarked : null),
    identity: member.text(node, 'x-plumbline-identity'),
    firstMatch: firstMatchOf(node['x-plumbline-first-match']),
    isNeverEmpty: (typeof least === 'number' && least > 0) || node['x-plumbline-left-out'] === 'others',
    items: keyOf(node['items'], reading),
  };
}

function firstMatchOf(value: JsonValue | undefined): FirstMatch | null {
  return isJsonObject(value) ? { globs: member.text(value, 'globs') ?? '', decides: member.texts(value, 'decides') } : null;
}

function valueKeyOf(node: JsonObject, direction: Direction | null, { unmarked }: Reading): ValueKey {
  const order = Array.isArray(node['enum']) ? node['enum'] : [];
  return { kind: 'value', direction: direction ?? 'organisation-only', againstBase: againstBaseOf(node, direction === null ? unmarked : null), fallback: node['default'] ?? null, order, covers: member.object(node, 'x-plumbline-covers') };
}

/** What a condition lets stand there too is one more key. */
function keysOf(node: JsonObject, reading: Reading): Readonly<Record<string, ConfigurationKey>> {
  const conditional = member.objects(node, 'allOf').map((condition) => member.object(member.object(condition, 'then'), 'properties'));
  const properties = [...conditional, member.object(node, 'properties')].flatMap((one) => Object.entries(one));
  return Object.fromEntries(properties.map(([name, property]) => [name, keyOf(property, reading)]));
}

function againstBaseOf(node: JsonObject, otherwise: AgainstBase | null): AgainstBase | null {
  const value = node['x-plumbline-against-base'];
  return value === 'up' || value === 'down' || value === 'free' || value === 'kept' || value === 'fixed' ? value : otherwise;
}

function directionOf(value: JsonValue | undefined): Direction | null {
  return value === 'up' || value === 'down' || value === 'union' || value === 'organisation-only' ? value : null;
}
