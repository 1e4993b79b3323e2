import { limits } from '../../../domain/limits.ts';
import { changedFiles } from '../../../domain/snapshot.ts';
import type { Snapshot, SnapshotFile } from '../../../domain/snapshot.ts';
import type { FileSide } from '../../../domain/tree.ts';
import { dependencyFileOf } from './dependency-file.ts';
import type { DependencyFile } from './dependency-file.ts';

export interface TouchedFile {
  readonly file: SnapshotFile;
  readonly kind: DependencyFile;
  /** Beyond what is read of all of them together. */
  readonly isOver: boolean;
}

/** Changed manifests and lock files, in the order of their paths. The base may have come to the same by itself: then nothing is new. */
export function touchedFiles(snapshot: Snapshot): readonly TouchedFile[] {
  let bytes = 0;
  return changedFiles(snapshot).flatMap((file) => {
    const kind = dependencyFileOf(file.path);
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
