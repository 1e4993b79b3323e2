import type { JsonValue } from '../json-value.ts';

/** An object under construction. */
export type MembersUnderConstruction = Record<string, JsonValue>;

/** Adds an own member; plain assignment of `__proto__` would replace the prototype instead. */
export function setMember(target: MembersUnderConstruction, key: string, value: JsonValue): void {
  if (key === '__proto__') Object.defineProperty(target, key, { value, enumerable: true, configurable: true, writable: true });
  else target[key] = value;
}
