import { isJsonObject } from '../../json-value.ts';
import { matchesPattern } from './matches-pattern.ts';
import { itemsOf, membersOf, partWithin } from './schema-part.ts';
import type { SchemaPart } from './schema-part.ts';

/** The parts that a part applies to a member of an object or to an element of an array. */
export function partsBelow(part: SchemaPart, token: string | number): readonly SchemaPart[] {
  return typeof token === 'number' ? elementParts(part, token) : memberParts(part, token);
}

/** Whether a part says something else about each element, so that an insertion moves every later one to another meaning. */
export function isTuple({ schema }: SchemaPart): boolean {
  return Array.isArray(schema['prefixItems']) || Array.isArray(schema['items']);
}

function memberParts(part: SchemaPart, name: string): readonly SchemaPart[] {
  const { schema } = part;
  const named = isJsonObject(schema['properties']) && Object.hasOwn(schema['properties'], name) ? partWithin(part, schema['properties'][name]) : null;
  const patterns = membersOf(schema['patternProperties']).map(([pattern, one]) => ({ one, matches: matchesPattern(pattern, name) }));
  const matched = patterns.flatMap(({ one, matches }) => (matches === false ? [] : partWithin(part, one, matches === true)));
  const isAdditional = named === null && patterns.every(({ matches }) => matches !== true);
  const isCertain = patterns.every(({ matches }) => matches === false);
  return [
    ...(named ?? []),
    ...matched,
    ...(isAdditional ? partWithin(part, schema['additionalProperties'], isCertain) : []),
    ...partWithin(part, schema['unevaluatedProperties'], false),
  ];
}

function elementParts(part: SchemaPart, index: number): readonly SchemaPart[] {
  const { schema } = part;
  const tuple = Array.isArray(schema['prefixItems']) ? schema['prefixItems'] : schema['items'];
  const placed = itemsOf(tuple);
  const rest = tuple === schema['items'] ? (Array.isArray(tuple) ? schema['additionalItems'] : tuple) : schema['items'];
  return [
    ...(index < placed.length ? partWithin(part, placed[index]) : partWithin(part, rest)),
    ...partWithin(part, schema['contains'], false),
    ...partWithin(part, schema['unevaluatedItems'], false),
  ];
}
