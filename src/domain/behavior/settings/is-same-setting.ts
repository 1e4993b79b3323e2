import { canonicalText } from '../../canonical.ts';
import { isJsonObject } from '../../json-value.ts';
import type { JsonObject, JsonValue } from '../../json-value.ts';

/** Whether a value is as declared: of an object what is declared of it, of a list all of it in any order. */
export function isSameSetting(declared: JsonValue, found: JsonValue): boolean {
  if (Array.isArray(declared)) return Array.isArray(found) && declared.length === found.length && isSameText(declared, found);
  if (!isJsonObject(declared)) return canonicalText(declared) === canonicalText(found);
  return isJsonObject(found) && Object.entries(declared).every(([name, value]) => Object.hasOwn(found, name) && isSameSetting(value, found[name] ?? null));
}

function isSameText(declared: readonly JsonValue[], found: readonly JsonValue[]): boolean {
  const [wanted, there] = [declared, found].map((list) => list.map((item) => canonicalText(item)).toSorted());
  return wanted?.every((text, index) => text === there?.[index]) === true;
}

/** A list such as that of required checks: further ones restrict more. */
export function listsObjects(value: JsonValue): value is readonly JsonObject[] {
  return Array.isArray(value) && value.length > 0 && value.every((item) => isJsonObject(item));
}

/** Whether each of the declared objects is among the found values. */
export function isEachIn(declared: readonly JsonObject[], found: readonly JsonValue[]): boolean {
  return declared.every((wanted) => found.some((one) => isSameSetting(wanted, one)));
}
