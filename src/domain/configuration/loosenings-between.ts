import { canonicalText } from '../canonical.ts';
import { pointerBelow } from '../document/pointer.ts';
import { isJsonObject } from '../json-value.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import { configurationKeys } from './configuration-key.ts';
import type { ConfigurationKey, ListKey } from './configuration-key.ts';
import { isLoosened } from './is-loosened.ts';
import { isTakenOver } from './taken-over.ts';

/** One setting of a configuration that asks for less at the head than at the base, or can not be proven to ask for more. */
export interface LooseningOfBase {
  /** JSON pointer at the head; an item that is gone from a list has the number that it had at the base. No two are alike. */
  readonly pointer: string;
  /** JSON pointer of what stands at the head, or of the nearest part above what is gone. */
  readonly near: string;
  readonly from: JsonValue | null;
  readonly to: JsonValue | null;
}

/**
 * Where a configuration, or another document of ours, loosens what the one before it says, key by key, as the schema's directions
 * say. Formatting, and the order of what does not take from one another, loosen nothing.
 */
export function looseningsBetween(base: JsonObject, head: JsonObject, keys = configurationKeys): readonly LooseningOfBase[] {
  const found = between(keys, { base, head, pointer: '', near: '' });
  return [...new Map(found.map((one) => [one.pointer, one])).values()];
}

interface Compared {
  readonly base: JsonValue | undefined;
  readonly head: JsonValue | undefined;
  readonly pointer: string;
  /** Of the nearest part that stands at the head. */
  readonly near: string;
}

function between(key: ConfigurationKey, compared: Compared): readonly LooseningOfBase[] {
  switch (key.kind) {
    case 'group':
      return Object.entries(key.keys).flatMap(([name, below]) => between(below, memberOf(compared, name)));
    case 'map':
      return key.direction === null ? betweenMaps(key.values, compared) : wholeIf(key.againstBase === 'fixed' || compared.base !== undefined, compared);
    case 'list':
      return betweenLists(key, compared);
    case 'value':
      return isLoosened(key, compared.base, compared.head) ? [whole({ ...compared, base: compared.base ?? key.fallback ?? undefined, head: compared.head ?? key.fallback ?? undefined })] : [];
  }
}

/** A free key that one side leaves out is what that side says for `*`, or its default. */
function betweenMaps(values: ConfigurationKey, compared: Compared): readonly LooseningOfBase[] {
  const names = [...new Set([...Object.keys(membersOf(compared.base)), ...Object.keys(membersOf(compared.head))])];
  const others = memberOf(compared, '*');
  return names.flatMap((name) => {
    const one = memberOf(compared, name);
    return between(values, { ...one, base: one.base ?? others.base, head: one.head ?? others.head });
  });
}

function betweenLists(key: ListKey, compared: Compared): readonly LooseningOfBase[] {
  switch (key.againstBase ?? key.direction) {
    case 'free':
      return [];
    case 'kept':
      return wholeIf(compared.head === undefined, compared);
    case 'fixed':
      return wholeIf(true, compared);
    case 'organisation-only':
      return wholeIf(compared.base !== undefined, compared);
    case 'down':
      return key.isNeverEmpty && compared.base !== undefined && compared.head === undefined ? [whole(compared)] : addedItems(compared);
    case 'up':
    case 'union':
      return [...missingItems(key, compared), ...(isTakenOver(key, itemsOf(compared.base), itemsOf(compared.head)) ? [whole(compared)] : [])];
  }
}

function addedItems(compared: Compared): readonly LooseningOfBase[] {
  const known = new Set(itemsOf(compared.base).map((item) => canonicalText(item)));
  return itemsOf(compared.head).flatMap((item, index) => {
    const pointer = pointerBelow(compared.pointer, index);
    return known.has(canonicalText(item)) ? [] : [{ pointer, near: pointer, from: null, to: item }];
  });
}

/** Items of the base that the head lacks, or has in a looser form. */
function missingItems(key: ListKey, compared: Compared): readonly LooseningOfBase[] {
  const [before, items] = [itemsOf(compared.base), itemsOf(compared.head)];
  const stands = new Set(items.map((item) => canonicalText(item)));
  const gone = before.map((item, index) => ({ item, index })).filter(({ item }) => !stands.has(canonicalText(item)));
  const sameOf = successors(key, items, gone.length);
  return gone.flatMap(({ item, index }) => {
    const removed = { pointer: pointerBelow(compared.pointer, index), near: compared.near, from: item, to: null };
    const isOnly = key.identity !== null || (items.length === 1 && before.length === 1);
    return nearest(sameOf(item, index).map((at) => between(key.items, itemAt(compared, item, at))), isOnly) ?? [removed];
  });
}

/** Items that are compared pair by pair; in longer lists only those of one number are. */
const comparedPairs = 2_500;

/** Where the head may have what an item of the base became: the item of its name, or without names any. */
function successors({ items, identity }: ListKey, head: readonly JsonValue[], gone: number): (item: JsonValue, index: number) => readonly number[] {
  if (items.kind === 'value') return () => [];
  if (identity !== null) {
    const named = new Map(head.map((item, index) => [membersOf(item)[identity], index]));
    return (item) => [named.get(membersOf(item)[identity])].filter((at) => at !== undefined);
  }
  const all = [...head.keys()];
  return gone * head.length <= comparedPairs ? () => all : (_, index) => (index < head.length ? [index] : []);
}

function itemAt({ head, pointer }: Compared, base: JsonValue, index: number): Compared {
  const below = pointerBelow(pointer, index);
  return { base, head: itemsOf(head)[index], pointer: below, near: below };
}

/**
 * How an item lives on: of several that may stand for it the one that loosens least, without losing an item of a list.
 * Null when none stands for it.
 */
function nearest(ways: readonly (readonly LooseningOfBase[])[], isOnly: boolean): readonly LooseningOfBase[] | null {
  const [best] = ways.filter((way) => isOnly || way.every(({ to }) => to !== null)).toSorted((a, b) => a.length - b.length);
  return best ?? null;
}

function wholeIf(counts: boolean, compared: Compared): readonly LooseningOfBase[] {
  return counts && canonicalText(compared.base ?? null) !== canonicalText(compared.head ?? null) ? [whole(compared)] : [];
}

function whole({ base, head, pointer, near }: Compared): LooseningOfBase {
  return { pointer, near, from: base ?? null, to: head ?? null };
}

function memberOf({ base, head, pointer, near }: Compared, name: string): Compared {
  const members = { base: memberAt(base, name), head: memberAt(head, name) };
  const below = pointerBelow(pointer, name);
  return { ...members, pointer: below, near: members.head === undefined ? near : below };
}

function memberAt(value: JsonValue | undefined, name: string): JsonValue | undefined {
  return isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;
}

function membersOf(value: JsonValue | undefined): JsonObject {
  return isJsonObject(value) ? value : {};
}

function itemsOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}
