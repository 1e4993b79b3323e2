import { limits } from '../limits.ts';
import { changedFiles } from '../snapshot.ts';
import type { Snapshot, SnapshotFile } from '../snapshot.ts';
import type { FileSide } from '../tree.ts';

export interface TouchedFile<Kind> {
  readonly file: SnapshotFile;
  readonly kind: Kind;
  /** Beyond what is read of all of them together. */
  readonly isOver: boolean;
}

/**
 * Changed files of these kinds, in the order of their paths. The base may have come to the same by itself: then nothing is new.
 * @param kindOf Null for a path that is none of them.
 */
export function touchedFiles<Kind>(snapshot: Snapshot, kindOf: (path: string) => Kind | null): readonly TouchedFile<Kind>[] {
  let bytes = 0;
  return changedFiles(snapshot).flatMap((file) => {
    const kind = kindOf(file.path);
    if (kind === null || (file.base?.blob === file.head?.blob && file.base?.mode === file.head?.mode)) return [];
    bytes += sizeOf(file.base) + sizeOf(file.head);
    return [{ file, kind, isOver: bytes > limits.manifestBytes && file.head !== null }];
  });
}

/** What is larger than one file may be is not read. An unknown size counts as the largest. */
function sizeOf(side: FileSide | null): number {
  if (side === null) return 0;
  return side.size === null ? limits.fileBytes : side.size > limits.fileBytes ? 0 : side.size;
}
