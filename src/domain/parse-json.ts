import type { JsonValue } from './json-value.ts';

/** The value that a text, or UTF-8 bytes, are the JSON of; undefined when they are of none. Of a name that stands twice the last one counts. */
export function parseJson(written: string | Uint8Array): JsonValue | undefined {
  try {
    const value: JsonValue = JSON.parse(typeof written === 'string' ? written : decoder.decode(written));
    return value;
  } catch {
    return undefined;
  }
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
