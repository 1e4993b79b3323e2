import { createHash } from 'node:crypto';
import type { FileMode, FileSide, Sha } from '../../src/domain/tree.ts';

export type Content = string | Uint8Array;

export function bytesOf(content: Content): Uint8Array {
  return typeof content === 'string' ? new TextEncoder().encode(content) : content;
}

/** Git's SHA-1 object name of a blob with this content. */
export function blobOf(content: Content): Sha {
  const bytes = bytesOf(content);
  return createHash('sha1').update(`blob ${bytes.byteLength}\0`).update(bytes).digest('hex');
}

export function aSide(content: Content, mode: FileMode = '100644'): FileSide {
  return { mode, blob: blobOf(content), size: mode === '160000' ? null : bytesOf(content).byteLength };
}
