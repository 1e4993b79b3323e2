import { hash } from 'node:crypto';
import { canonicalText } from './canonical.ts';
import type { JsonValue } from './json-value.ts';

/** `sha256:` and 64 lower-case hex digits. The prefix stands for algorithm and canonicalisation, for ever. */
export type Digest = `sha256:${string}`;

export function digestOfBytes(bytes: Uint8Array | string): Digest {
  return `sha256:${hash('sha256', bytes, 'hex')}`;
}

/** SHA-256 over the RFC 8785 form of the value. */
export function digestOfValue(value: JsonValue): Digest {
  return digestOfBytes(canonicalText(value));
}

export function isDigest(text: unknown): text is Digest {
  return typeof text === 'string' && /^sha256:[0-9a-f]{64}$/.test(text);
}
