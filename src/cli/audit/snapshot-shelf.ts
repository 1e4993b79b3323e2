import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Snapshot } from '../../audit/snapshot.ts';
import type { Digest } from '../../domain/digest.ts';

/** Snapshots of an export, put aside as they are read, to be looked up later: together they may be larger than memory. */
export interface SnapshotShelf {
  put(snapshot: Snapshot): void;
  /** Those of the named ones that were put. */
  take(digests: readonly Digest[]): Promise<readonly Snapshot[]>;
  /** Leaves nothing on the disk. */
  close(): void;
}

/** In one temporary file that only its owner can read, an export holds what people wrote; it has no name while it is used, where the system allows that. */
export function openShelf(): SnapshotShelf {
  const directory = mkdtempSync(join(tmpdir(), 'plumbline-replay-'));
  const file = openSync(join(directory, 'snapshots'), 'wx+', 0o600);
  const isGone = removed(directory);
  const places = new Map<Digest, { readonly at: number; readonly length: number }>();
  let end = 0;
  return {
    put({ digest, gzip }) {
      for (let written = 0; written < gzip.length; ) written += writeSync(file, gzip, written, gzip.length - written, end + written);
      places.set(digest, { at: end, length: gzip.length });
      end += gzip.length;
    },
    take: async (digests) =>
      await Promise.resolve(
        digests.flatMap((digest) => {
          const place = places.get(digest);
          return place === undefined ? [] : [{ digest, gzip: readAt(file, place) }];
        }),
      ),
    close() {
      closeSync(file);
      if (!isGone) rmSync(directory, { recursive: true, force: true });
    },
  };
}

/** A run that is ended in the middle leaves nothing then. */
function removed(directory: string): boolean {
  try {
    rmSync(directory, { recursive: true });
    return true;
  } catch {
    return false;
  }
}

function readAt(file: number, { at, length }: { readonly at: number; readonly length: number }): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let read = 0; read < length; ) {
    const more = readSync(file, bytes, read, length - read, at + read);
    if (more === 0) throw new Error('the temporary file of the replay was cut');
    read += more;
  }
  return bytes;
}
