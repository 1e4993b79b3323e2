import { crc32, gunzipSync } from 'node:zlib';
import { digestOfBytes } from '../domain/digest.ts';
import { sameBytes } from './same-bytes.ts';
import { gzipHeader } from './snapshot.ts';
import type { Snapshot } from './snapshot.ts';

export type OpenedSnapshot = { readonly kind: 'content'; readonly content: Uint8Array } | { readonly kind: 'problem'; readonly why: string };

/** What a snapshot holds, if that is what its digest says. Nothing larger is unpacked than anything we write. */
export function openSnapshot({ digest, gzip }: Snapshot): OpenedSnapshot {
  const content = unpacked(gzip);
  if (content === null) return { kind: 'problem', why: 'its snapshot is not what we compress' };
  const found = digestOfBytes(content);
  return found === digest ? { kind: 'content', content } : { kind: 'problem', why: `its snapshot holds ${found}, expected ${digest}` };
}

function unpacked(gzip: Uint8Array): Uint8Array | null {
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

/** The canonical form of a governed file, 1 MiB, is at most some three times as long. */
const mostBytes = 16 * 1024 * 1024;
