import { canonicalText } from '../canonical.ts';
import { isJsonObject } from '../json-value.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import { compareValues } from './compare-values.ts';
import { configurationKeys } from './configuration-key.ts';
import type { ConfigurationKey } from './configuration-key.ts';

/** A key by which the repository would loosen what the organisation says, or what holds when it says nothing. */
export interface Loosening {
  /** JSON pointer into the repository's document. */
  readonly pointer: string;
  readonly organization: JsonValue | null;
  readonly repository: JsonValue;
}

export interface MergedDocuments {
  readonly document: JsonObject;
  readonly loosenings: readonly Loosening[];
}

/** The organisation's document with what the repository adds and tightens. What would loosen is left out and listed. */
export function mergeDocuments(organization: JsonObject, repository: JsonObject): MergedDocuments {
  const loosenings: Loosening[] = [];
  const merged = merge(configurationKeys, organization, repository, { pointer: '', loosenings });
  return { document: isJsonObject(merged) ? merged : organization, loosenings };
}

interface Place {
  readonly pointer: string;
  readonly loosenings: Loosening[];
}

type Present = JsonValue | undefined;

function merge(key: ConfigurationKey, organization: Present, repository: Present, place: Place): Present {
  if (repository === undefined) return organization;
  switch (key.kind) {
    case 'group':
      return mergeGroup(key.keys, organization, repository, place);
    case 'map':
      return key.direction === null ? mergeMap(key.values, organization, repository, place) : keep(organization, repository, place);
    case 'list':
      return mergeList(key, organization, repository, place);
    case 'value':
      return mergeValue(key, organization, repository, place);
  }
}

function mergeGroup(keys: Readonly<Record<string, ConfigurationKey>>, organization: Present, repository: JsonValue, place: Place): JsonObject {
  const [theirs, ours] = [membersOf(organization), membersOf(repository)];
  return objectOf(Object.entries(keys).map(([name, key]) => [name, merge(key, theirs[name], ours[name], below(place, name))]));
}

/** A free key that one side leaves out is what that side says for `*`, or its default. Only written keys can loosen. */
function mergeMap(values: ConfigurationKey, organization: Present, repository: JsonValue, place: Place): JsonObject {
  const [theirs, ours] = [membersOf(organization), membersOf(repository)];
  const names = [...new Set([...Object.keys(theirs), ...Object.keys(ours)])];
  return objectOf(
    names.map((name) => {
      const written = Object.hasOwn(ours, name);
      const spot = written ? below(place, name) : { pointer: place.pointer, loosenings: [] };
      return [name, merge(values, theirs[name] ?? theirs['*'], written ? ours[name] : ours['*'], spot)];
    }),
  );
}

function mergeList(key: Extract<ConfigurationKey, { kind: 'list' }>, organization: Present, repository: JsonValue, place: Place): Present {
  const [theirs, ours] = [itemsOf(organization), itemsOf(repository)];
  switch (key.direction) {
    case 'union':
      return key.identity === null ? distinct([...theirs, ...ours]) : mergeItems(key.items, key.identity, theirs, ours, place);
    case 'down':
      return organization === undefined || ours.every((item) => theirs.some((other) => isEqual(item, other))) ? repository : loosened(organization, repository, place);
    case 'up':
    case 'organisation-only':
      return keep(organization, repository, place);
  }
}

/**
 * Items of one identity are merged where the organisation's stands. What the repository adds to their lists becomes one
 * more item at the end: the first item that matches decides, so an addition in place could take from a later, stricter one.
 */
function mergeItems(key: ConfigurationKey, identity: string, theirs: readonly JsonValue[], ours: readonly JsonValue[], place: Place): readonly JsonValue[] {
  const nameOf = (item: JsonValue | undefined): JsonValue | undefined => membersOf(item)[identity];
  const merged = theirs.map((item) => {
    const index = ours.findIndex((own) => nameOf(own) === nameOf(item));
    return index < 0 ? { item, added: [] } : mergeItem(key, item, ours[index], below(place, String(index)));
  });
  const known = new Set(theirs.map(nameOf));
  return [...merged.map(({ item }) => item), ...merged.flatMap(({ added }) => added), ...ours.filter((item) => !known.has(nameOf(item)))];
}

function mergeItem(key: ConfigurationKey, theirs: JsonValue, ours: Present, place: Place): { readonly item: JsonValue; readonly added: readonly JsonValue[] } {
  const merged = membersOf(merge(key, theirs, ours, place));
  const lists = key.kind === 'group' ? Object.keys(key.keys).filter((name) => isUnion(key.keys[name])) : [];
  const kept = lists.map((name) => [name, membersOf(theirs)[name]] as const);
  const extra = lists.map((name) => [name, itemsOf(merged[name]).filter((one) => !itemsOf(membersOf(theirs)[name]).some((other) => isEqual(one, other)))] as const);
  const hasMore = extra.some(([, items]) => items.length > 0);
  const item = { ...merged, ...objectOf(kept) };
  return { item, added: hasMore ? [{ ...merged, ...objectOf(extra) }] : [] };
}

function isUnion(key: ConfigurationKey | undefined): boolean {
  return key?.kind === 'list' && key.direction === 'union';
}

function mergeValue(key: Extract<ConfigurationKey, { kind: 'value' }>, organization: Present, repository: JsonValue, place: Place): Present {
  const bound = organization ?? key.fallback ?? undefined;
  switch (key.direction) {
    case 'organisation-only':
    case 'union':
      return bound !== undefined && isEqual(bound, repository) ? bound : loosened(organization, repository, place, bound);
    case 'up':
      return bound === undefined || compareValues(key.order, repository, bound) >= 0 ? repository : loosened(organization, repository, place, bound);
    case 'down':
      return bound === undefined || compareValues(key.order, repository, bound) <= 0 ? repository : loosened(organization, repository, place, bound);
  }
}

function keep(organization: Present, repository: JsonValue, place: Place): Present {
  return organization !== undefined && isEqual(organization, repository) ? organization : loosened(organization, repository, place);
}

function loosened(organization: Present, repository: JsonValue, place: Place, bound: Present = organization): Present {
  place.loosenings.push({ pointer: place.pointer, organization: bound ?? null, repository });
  return organization;
}

function below(place: Place, name: string): Place {
  return { pointer: `${place.pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`, loosenings: place.loosenings };
}

function objectOf(members: readonly (readonly [string, Present])[]): JsonObject {
  return Object.fromEntries(members.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const])));
}

function membersOf(value: Present): JsonObject {
  return isJsonObject(value) ? value : {};
}

function itemsOf(value: Present): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}

function distinct(items: readonly JsonValue[]): readonly JsonValue[] {
  return [...new Map(items.map((item) => [canonicalText(item), item])).values()];
}

function isEqual(a: JsonValue, b: JsonValue): boolean {
  return canonicalText(a) === canonicalText(b);
}
