import type { JsonObject } from '../json-value.ts';

/** A boolean member of a validated document; null where it is left out. */
export function flagOf(from: JsonObject, name: string): boolean | null {
  const value = from[name];
  return typeof value === 'boolean' ? value : null;
}
