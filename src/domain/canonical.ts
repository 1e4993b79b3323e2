import canonicalize from 'canonicalize';
import type { JsonValue } from './json-value.ts';

/**
 * The RFC 8785 (JCS) form of a value, UTF-8 encoded.
 * @throws TypeError on what JSON can not express: NaN, Infinity, lone surrogates, `undefined`, functions, sparse arrays.
 */
export function canonicalBytes(value: JsonValue): Uint8Array {
  return new TextEncoder().encode(canonicalText(value));
}

/** As `canonicalBytes`, before encoding. */
export function canonicalText(value: JsonValue): string {
  refuseUnrepresentable(value);
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('Cannot canonicalize a value that JSON can not express');
  return text;
}

/** The library writes invalid JSON for holes and functions, and drops undefined members: refuse them first. */
function refuseUnrepresentable(root: JsonValue): void {
  const pending: unknown[] = [root];
  while (pending.length > 0) {
    const value = pending.pop();
    if (value === undefined || typeof value === 'function' || typeof value === 'symbol') {
      throw new TypeError(`Cannot canonicalize ${typeof value}: JSON can not express it`);
    }
    if (Array.isArray(value)) for (let index = 0; index < value.length; index += 1) pending.push(value[index]);
    else if (typeof value === 'object' && value !== null) pending.push(...Object.values(value));
  }
}
