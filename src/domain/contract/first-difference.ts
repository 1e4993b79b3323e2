import { pointerBelow } from '../document/pointer.ts';
import { isJsonObject } from '../json-value.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';

/**
 * JSON pointer of the first part of `after` that differs from `before`, in the order of `after`; null when they are equal.
 * A member that is gone is shown at what held it.
 */
export function firstDifference(before: JsonValue, after: JsonValue, pointer = ''): string | null {
  if (isJsonObject(before) && isJsonObject(after)) return memberDifference(before, after, pointer);
  if (Array.isArray(before) && Array.isArray(after)) return elementDifference(before, after, pointer);
  return before === after ? null : pointer;
}

function memberDifference(before: JsonObject, after: JsonObject, pointer: string): string | null {
  for (const [key, value] of Object.entries(after)) {
    const below = pointerBelow(pointer, key);
    const old = Object.hasOwn(before, key) ? before[key] : undefined;
    const difference = old === undefined ? below : firstDifference(old, value, below);
    if (difference !== null) return difference;
  }
  return Object.keys(before).every((key) => Object.hasOwn(after, key)) ? null : pointer;
}

function elementDifference(before: readonly JsonValue[], after: readonly JsonValue[], pointer: string): string | null {
  for (const [index, value] of after.entries()) {
    const below = pointerBelow(pointer, index);
    const old = before[index];
    const difference = old === undefined ? below : firstDifference(old, value, below);
    if (difference !== null) return difference;
  }
  return before.length > after.length ? pointer : null;
}
