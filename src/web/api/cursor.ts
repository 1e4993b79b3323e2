import { createHmac, timingSafeEqual } from 'node:crypto';
import { decodeBase64Url } from '../../domain/signature/base64url.ts';

/** Where a page ends, for whoever asks for the next one. Nobody else can make one, and it is of one query alone. */
export interface Cursors {
  write(query: string, place: number): string;
  /** Null: it is none of ours, or of another query. */
  read(query: string, cursor: string): number | null;
}

const macBytes = 16;
const placeBytes = 8;

/** @param secret What all processes of a server have in force, so that any of them goes on. Once it is replaced, whoever reads begins anew. */
export function createCursors(secret: () => string): Cursors {
  const key = (): Buffer => createHmac('sha256', secret()).update('plumbline api cursors').digest();
  const macOf = (query: string, place: Buffer): Buffer => createHmac('sha256', key()).update(place).update(query).digest().subarray(0, macBytes);
  return {
    write: (query, place) => {
      const bytes = Buffer.alloc(placeBytes);
      bytes.writeBigUInt64BE(BigInt(place));
      return Buffer.concat([bytes, macOf(query, bytes)]).toString('base64url');
    },
    read: (query, cursor) => {
      const bytes = Buffer.from(decodeBase64Url(cursor) ?? []);
      if (bytes.length !== placeBytes + macBytes) return null;
      const place = bytes.subarray(0, placeBytes);
      if (!timingSafeEqual(bytes.subarray(placeBytes), macOf(query, place))) return null;
      return Number(place.readBigUInt64BE());
    },
  };
}
