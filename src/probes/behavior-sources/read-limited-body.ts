import type { IncomingMessage } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';

export type LimitedBody = { readonly kind: 'whole'; readonly bytes: Uint8Array } | { readonly kind: 'too-large' } | { readonly kind: 'packed-otherwise' };

/**
 * Reads and unpacks a body piece by piece and stops at the limit, which holds as it arrives and again as it unpacks: a
 * few kilobytes can stand for gigabytes.
 * @throws what the stream throws: an aborted or broken connection, gzip that is none or ends early.
 */
export async function readLimitedBody(response: IncomingMessage, most: number): Promise<LimitedBody> {
  const packing = response.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  if (packing !== 'identity' && packing !== 'gzip') return { kind: 'packed-otherwise' };
  if (Number(response.headers['content-length'] ?? 0) > most) return { kind: 'too-large' };
  const pieces: Uint8Array[] = [];
  const keep = async (source: AsyncIterable<Uint8Array>): Promise<void> => {
    for await (const piece of atMost(source, most)) pieces.push(piece);
  };
  try {
    if (packing === 'identity') await pipeline(response, keep);
    else await pipeline(response, (source: AsyncIterable<Uint8Array>) => atMost(source, most), createGunzip(), keep);
  } catch (error) {
    if (error instanceof TooLarge) return { kind: 'too-large' };
    throw error;
  }
  return { kind: 'whole', bytes: Buffer.concat(pieces) };
}

async function* atMost(source: AsyncIterable<Uint8Array>, most: number): AsyncGenerator<Uint8Array> {
  let length = 0;
  for await (const piece of source) {
    length += piece.length;
    if (length > most) throw new TooLarge();
    yield piece;
  }
}

class TooLarge extends Error {
  override readonly name = 'TooLarge';
}
