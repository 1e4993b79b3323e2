import { createHash } from 'node:crypto';
import type { Sha } from '../domain/tree.ts';

/** Whether the bytes are the blob of this name: git hashes `blob <size>\0` and the bytes, by SHA-1 or SHA-256. */
export function isNamed(blob: Sha, bytes: Uint8Array): boolean {
  const hash = createHash(blob.length === 64 ? 'sha256' : 'sha1');
  return hash.update(`blob ${bytes.length}\0`).update(bytes).digest('hex') === blob;
}
