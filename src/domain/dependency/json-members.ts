import { isJsonObject } from '../json-value.ts';
import type { JsonObject, JsonValue } from '../json-value.ts';
import { UnreadDependencies } from './dependency.ts';

export type Members = readonly (readonly [string, JsonValue])[];

/** What stands by a name; nothing where it is not there, or an empty list. @throws UnreadDependencies For anything but an object: npm takes a list for one, with its numbers for names. */
export function membersOf(value: JsonObject, name: string): Members {
  const members = Object.hasOwn(value, name) ? value[name] : [];
  return Array.isArray(members) && members.length === 0 ? [] : Object.entries(objectIn(members, name));
}

/** @param name By which it stands, to tell. @throws UnreadDependencies For anything else. */
export function objectIn(value: JsonValue | undefined, name: string): JsonObject {
  if (!isJsonObject(value)) throw new UnreadDependencies(`what it has as ${JSON.stringify(name.slice(0, 40))} is no object`);
  return value;
}

/** As `objectIn`. */
export function textIn(value: JsonValue | undefined, name: string): string {
  if (typeof value !== 'string') throw new UnreadDependencies(`what it has as ${JSON.stringify(name.slice(0, 40))} is no text`);
  return value;
}
