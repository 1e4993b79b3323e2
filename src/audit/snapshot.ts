import { gzipSync } from 'node:zlib';
import { digestOfBytes } from '../domain/digest.ts';
import type { Digest } from '../domain/digest.ts';

/** Bytes that entries refer to, compressed, under the digest of what they hold. */
export interface Snapshot {
  readonly digest: Digest;
  readonly gzip: Uint8Array;
}

/** The same bytes give the same snapshot: no time and no system stands in its header. */
export function snapshotOf(content: Uint8Array): Snapshot {
  return { digest: digestOfBytes(content), gzip: Buffer.concat([gzipHeader, gzipSync(content).subarray(gzipHeader.length)]) };
}

/** RFC 1952: deflate, no flags, no time, no hint, unknown system. */
export const gzipHeader: Uint8Array = Buffer.from('1f8b08000000000000ff', 'hex');
