import { isJsonObject } from '../../../domain/json-value.ts';
import type { JsonValue } from '../../../domain/json-value.ts';

/** A member by its name, and where there is none, by its name in another case: who runs the file may be less strict. */
export function memberOf(value: JsonValue | undefined, name: string): JsonValue | undefined {
  if (!isJsonObject(value)) return undefined;
  if (Object.hasOwn(value, name)) return value[name];
  const other = Object.keys(value).find((key) => key.toLowerCase() === name);
  return other === undefined ? undefined : value[other];
}

/** Members of an object in their order, and nothing for what is no object. */
export function membersOf(value: JsonValue | undefined): readonly (readonly [string, JsonValue])[] {
  return isJsonObject(value) ? Object.entries(value) : [];
}

export function itemsOf(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}
