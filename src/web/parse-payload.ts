import { jsonExcess } from '../domain/json-excess.ts';
import type { JsonObject, JsonValue } from '../domain/json-value.ts';
import { isJsonObject } from '../domain/json-value.ts';

/** GitHub's own payloads nest to about ten. */
const deepest = 64;

export type Payload = { readonly kind: 'object'; readonly value: JsonObject } | { readonly kind: 'unusable'; readonly why: string };

/**
 * The JSON object in a verified body. Nesting is counted before parsing: a million brackets stop the parser, or what walks the
 * result, for seconds. Of duplicate keys the last one counts, here and for everything that is made of the result.
 */
export function parsePayload(bytes: Uint8Array): Payload {
  if (jsonExcess(bytes, { levels: deepest }) !== null) return { kind: 'unusable', why: `is nested deeper than ${deepest}` };
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
