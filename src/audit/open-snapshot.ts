import { digestOfBytes } from '../domain/digest.ts';
import type { Snapshot } from './snapshot.ts';
import { unpack } from './unpack.ts';

export type OpenedSnapshot = { readonly kind: 'content'; readonly content: Uint8Array } | { readonly kind: 'problem'; readonly why: string };

/** What a snapshot holds, if that is what its digest says. Nothing larger is unpacked than anything we write. */
export function openSnapshot({ digest, gzip }: Snapshot): OpenedSnapshot {
  const content = unpack(gzip, mostBytes);
  if (content === null) return { kind: 'problem', why: 'its snapshot is not what we compress' };
  const found = digestOfBytes(content);
  return found === digest ? { kind: 'content', content } : { kind: 'problem', why: `its snapshot holds ${found}, expected ${digest}` };
}

/** The canonical form of a governed file, 1 MiB, is at most some three times as long. */
const mostBytes = 16 * 1024 * 1024;
