import { isJsonObject } from '../json-value.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';

/** Members of a validated document, with what counts when they are left out. */
export const member = {
  object: (from: JsonObject, name: string): JsonObject => {
    const value = from[name];
    return isJsonObject(value) ? value : {};
  },
  objects: (from: JsonObject, name: string): readonly JsonObject[] => items(from[name]).filter((item) => isJsonObject(item)),
  texts: (from: JsonObject, name: string): readonly string[] => items(from[name]).filter((item) => typeof item === 'string'),
  text: (from: JsonObject, name: string): string | null => {
    const value = from[name];
    return typeof value === 'string' ? value : null;
  },
  number: (from: JsonObject, name: string): number | null => {
    const value = from[name];
    return typeof value === 'number' ? value : null;
  },
} as const;

function items(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}
