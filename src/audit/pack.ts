import { gzipSync } from 'node:zlib';

/** Compresses so that the same bytes give the same: no time and no system stands in the header. */
export function pack(content: Uint8Array): Uint8Array {
  return Buffer.concat([gzipHeader, gzipSync(content).subarray(gzipHeader.length)]);
}

/** RFC 1952: deflate, no flags, no time, no hint, unknown system. */
export const gzipHeader: Uint8Array = Buffer.from('1f8b08000000000000ff', 'hex');
