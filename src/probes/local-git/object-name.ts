import { createHash } from 'node:crypto';
import type { Sha } from '../../domain/tree.ts';

/** The name that git gives a blob: SHA-1 (40 digits) or SHA-256 (64) over a header and the bytes. */
export function objectNameOf(bytes: Uint8Array, digits: number): Sha {
  return createHash(digits === 64 ? 'sha256' : 'sha1').update(`blob ${bytes.byteLength}\0`).update(bytes).digest('hex');
}

export function isObjectName(text: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(text);
}
