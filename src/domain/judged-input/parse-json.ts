import type { JsonValue } from '../json-value.ts';

/** The value that UTF-8 bytes are the JSON of; undefined when they are of none. Their digest was compared before: there is one spelling. */
export function parseJson(bytes: Uint8Array): JsonValue | undefined {
  try {
    const value: JsonValue = JSON.parse(decoder.decode(bytes));
    return value;
  } catch {
    return undefined;
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
