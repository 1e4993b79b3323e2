import type { JsonValue } from '../domain/json-value.ts';
import { isJsonObject } from '../domain/json-value.ts';
import { Misfit } from './misfit.ts';
import { quote } from './quote.ts';

/** The first place where a value is not as another one; null when both are the same. Recursive: bound the depth before. */
export function firstDifference(found: JsonValue | undefined, expected: JsonValue | undefined, place = ''): Misfit | null {
  if (Array.isArray(found) && Array.isArray(expected)) return between(place, Array.from({ length: Math.max(found.length, expected.length) }, (_, index) => [String(index), found[index], expected[index]]));
  if (isJsonObject(found) && isJsonObject(expected)) {
    const names = [...new Set([...Object.keys(expected), ...Object.keys(found)])];
    return between(place, names.map((name) => [name, ownOf(found, name), ownOf(expected, name)]));
  }
  return found === expected ? null : new Misfit(place, shown(found), shown(expected));
}

function between(place: string, pairs: readonly (readonly [string, JsonValue | undefined, JsonValue | undefined])[]): Misfit | null {
  for (const [name, found, expected] of pairs) {
    const difference = firstDifference(found, expected, `${place}/${name}`);
    if (difference !== null) return difference;
  }
  return null;
}

function ownOf(value: { readonly [name: string]: JsonValue }, name: string): JsonValue | undefined {
  return Object.hasOwn(value, name) ? value[name] : undefined;
}

function shown(value: JsonValue | undefined): string {
  return value === undefined ? 'nothing' : quote(typeof value === 'string' ? value : JSON.stringify(value));
}
