import { digestOfBytes } from '../domain/digest.ts';
import type { Digest } from '../domain/digest.ts';
import { pack } from './pack.ts';

/** Bytes that entries refer to, compressed, under the digest of what they hold. */
export interface Snapshot {
  readonly digest: Digest;
  readonly gzip: Uint8Array;
}

/** The same bytes give the same snapshot. */
export function snapshotOf(content: Uint8Array): Snapshot {
  return { digest: digestOfBytes(content), gzip: pack(content) };
}
