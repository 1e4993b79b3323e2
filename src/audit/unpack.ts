import { crc32, gunzipSync } from 'node:zlib';
import { gzipHeader } from './pack.ts';
import { sameBytes } from './same-bytes.ts';

/** What `pack` compressed; null when it did not, or when it is more than so many bytes: no more are ever unpacked. */
export function unpack(gzip: Uint8Array, mostBytes: number): Uint8Array | null {
  if (!sameBytes(gzip.subarray(0, gzipHeader.length), gzipHeader)) return null;
  try {
    const content = gunzipSync(gzip, { maxOutputLength: mostBytes });
    // The library passes over what follows the end, and over a second member: the end must be the end.
    return sameBytes(gzip.subarray(-8), trailerOf(content)) ? content : null;
  } catch {
    return null;
  }
}

function trailerOf(content: Uint8Array): Uint8Array {
  const trailer = Buffer.alloc(8);
  trailer.writeUInt32LE(crc32(content), 0);
  trailer.writeUInt32LE(content.length, 4);
  return trailer;
}
