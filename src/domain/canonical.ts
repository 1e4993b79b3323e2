import { isJsonObject } from './json-value.ts';
import type { JsonObject, JsonValue } from './json-value.ts';

/**
 * The RFC 8785 (JCS) form of a value, UTF-8 encoded.
 * @throws TypeError on what JSON can not express: NaN, Infinity, lone surrogates, `undefined`, functions, sparse arrays, instances of classes.
 */
export function canonicalBytes(value: JsonValue): Uint8Array {
  return new TextEncoder().encode(canonicalText(value));
}

/** As `canonicalBytes`, before encoding. Recursive: what is thousands of levels deep is a RangeError. */
export function canonicalText(value: JsonValue): string {
  if (typeof value === 'string') return stringText(value);
  if (typeof value === 'number') return numberText(value);
  if (typeof value === 'boolean') return value ? 'true' : 'false';
  if (value === null) return 'null';
  if (Array.isArray(value)) return arrayText(value);
  if (isJsonObject(value)) return objectText(value);
  // Only from where types do not reach.
  throw refusal(typeof value);
}

/** Most strings have nothing to escape. ECMAScript escapes the others as section 3.2.2.2 demands, but writes half of a surrogate pair. */
function stringText(value: string): string {
  if (plain.test(value)) return `"${value}"`;
  if (!value.isWellFormed()) throw refusal('half of a surrogate pair');
  return JSON.stringify(value);
}

const plain = /^[ !#-[\]-~]*$/;

/** Section 3.2.2.3: as ECMAScript writes it, where minus zero is 0. */
function numberText(value: number): string {
  if (!Number.isFinite(value)) throw refusal(String(value));
  return String(value);
}

/** By index: `map` and `join` pass over holes. */
function arrayText(elements: readonly JsonValue[]): string {
  let text = '';
  for (let index = 0; index < elements.length; index += 1) {
    const element = elements[index];
    if (element === undefined) throw refusal('undefined');
    text += `${index === 0 ? '' : ','}${canonicalText(element)}`;
  }
  return `[${text}]`;
}

/** Section 3.2.3: by UTF-16 code units, which is how ECMAScript compares strings. */
function objectText(members: JsonObject): string {
  const prototype: unknown = Object.getPrototypeOf(members);
  if (prototype !== Object.prototype && prototype !== null) throw refusal('an instance of a class');
  let text = '';
  for (const name of Object.keys(members).toSorted()) {
    const member = members[name];
    if (member === undefined) throw refusal('undefined');
    text += `${text === '' ? '' : ','}${stringText(name)}:${canonicalText(member)}`;
  }
  return `{${text}}`;
}

function refusal(found: string): TypeError {
  return new TypeError(`Cannot canonicalize ${found}: JSON can not express it`);
}
