import type { JsonObject, JsonValue } from '../domain/json-value.ts';
import { isJsonObject } from '../domain/json-value.ts';

/** GitHub's own payloads nest to about ten. */
const deepest = 64;

const quote = 0x22;
const backslash = 0x5c;

export type Payload = { readonly kind: 'object'; readonly value: JsonObject } | { readonly kind: 'unusable'; readonly why: string };

/**
 * The JSON object in a verified body. Nesting is counted before parsing: a million brackets stop the parser, or what walks the
 * result, for seconds. Of duplicate keys the last one counts, here and for everything that is made of the result.
 */
export function parsePayload(bytes: Uint8Array): Payload {
  if (isDeeper(bytes, deepest)) return { kind: 'unusable', why: `is nested deeper than ${deepest}` };
  const value = parsed(bytes);
  if (value === undefined) return { kind: 'unusable', why: 'is not JSON' };
  return isJsonObject(value) ? { kind: 'object', value } : { kind: 'unusable', why: 'is not a JSON object' };
}

function parsed(bytes: Uint8Array): JsonValue | undefined {
  try {
    const value: JsonValue = JSON.parse(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8'));
    return value;
  } catch {
    return undefined;
  }
}

/** Brackets outside of strings, byte by byte: in UTF-8 no other character contains one. */
export function isDeeper(bytes: Uint8Array, most: number): boolean {
  let depth = 0;
  let isInString = false;
  for (let index = 0; index < bytes.length; index += 1) {
    const byte = bytes[index];
    if (isInString) {
      if (byte === backslash) index += 1;
      else if (byte === quote) isInString = false;
    } else if (byte === quote) isInString = true;
    else if (byte === 0x5b || byte === 0x7b) {
      depth += 1;
      if (depth > most) return true;
    } else if (byte === 0x5d || byte === 0x7d) depth -= 1;
  }
  return false;
}
