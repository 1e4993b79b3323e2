import { pointerBelow } from '../../../domain/document/pointer.ts';
import { compareText } from '../../../domain/compare-text.ts';
import { isJsonObject } from '../../../domain/json-value.ts';
import type { JsonValue } from '../../../domain/json-value.ts';
import { isTolerated } from './number-distance.ts';
import type { NumberTolerance } from './number-distance.ts';

/** Where two values are not the same. */
export interface ValueDifference {
  /** JSON pointer below the compared value. */
  readonly pointer: string;
  /**
   * `unreadable`: what JSON can not express, such as NaN, or what is nested too deep: nothing is known there.
   * `added` and `missing` are of members and elements.
   */
  readonly kind: 'changed' | 'missing' | 'added' | 'unreadable';
  readonly agreed: JsonValue | undefined;
  readonly found: JsonValue | undefined;
}

/** The tolerance of the numbers at a JSON pointer and below. The nearest one counts, and without one numbers are equal. */
export type Tolerances = ReadonlyMap<string, NumberTolerance>;

const deepest = 64;

/** Every difference, in order of pointers: members by name whatever their order, elements by place, numbers by value. */
export function compareValues(agreed: JsonValue | undefined, found: JsonValue | undefined, tolerances: Tolerances): readonly ValueDifference[] {
  const differences: ValueDifference[] = [];
  collect({ agreed, found, pointer: '', depth: 0, tolerance: null }, tolerances, differences);
  return differences;
}

function collect(pair: Pair, tolerances: Tolerances, into: ValueDifference[]): void {
  const { agreed, found, pointer, depth } = pair;
  const tolerance = tolerances.get(pointer) ?? pair.tolerance;
  const kind = kindOf(agreed, found, depth, tolerance);
  if (kind !== 'same' && kind !== 'parts') into.push({ pointer, kind, agreed, found });
  if (kind !== 'parts') return;
  for (const [token, before, now] of partsOf(agreed, found)) collect({ agreed: before, found: now, pointer: pointerBelow(pointer, token), depth: depth + 1, tolerance }, tolerances, into);
}

interface Pair {
  readonly agreed: JsonValue | undefined;
  readonly found: JsonValue | undefined;
  readonly pointer: string;
  readonly depth: number;
  /** Of the nearest part above that has one. */
  readonly tolerance: NumberTolerance | null;
}

function kindOf(agreed: JsonValue | undefined, found: JsonValue | undefined, depth: number, tolerance: NumberTolerance | null): ValueDifference['kind'] | 'same' | 'parts' {
  if (!isReadable(agreed) || !isReadable(found) || depth > deepest) return 'unreadable';
  if (found === undefined) return agreed === undefined ? 'unreadable' : 'missing';
  if (agreed === undefined) return 'added';
  if (areBothLists(agreed, found) || (isJsonObject(agreed) && isJsonObject(found))) return 'parts';
  if (agreed === found) return 'same';
  return typeof agreed === 'number' && typeof found === 'number' && tolerance !== null && isTolerated(agreed, found, tolerance) ? 'same' : 'changed';
}

/** From where types do not reach, anything may come. */
function isReadable(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  return ['undefined', 'boolean', 'string', 'object'].includes(typeof value);
}

function areBothLists(a: JsonValue, b: JsonValue): boolean {
  return Array.isArray(a) && Array.isArray(b);
}

type Part = readonly [token: string | number, agreed: JsonValue | undefined, found: JsonValue | undefined];

function partsOf(agreed: JsonValue | undefined, found: JsonValue | undefined): readonly Part[] {
  if (Array.isArray(agreed) && Array.isArray(found)) return Array.from({ length: Math.max(agreed.length, found.length) }, (_, index): Part => [index, agreed[index], found[index]]);
  if (!isJsonObject(agreed) || !isJsonObject(found)) return [];
  const names = new Set([...Object.keys(agreed), ...Object.keys(found)]);
  return [...names].toSorted(compareText).map((name): Part => [name, ownMember(agreed, name), ownMember(found, name)]);
}

/** A member that the text has, never one that every object has. */
function ownMember(value: { readonly [member: string]: JsonValue }, name: string): JsonValue | undefined {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}
