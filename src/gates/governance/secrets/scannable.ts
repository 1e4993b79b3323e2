import { limits } from '../../../domain/limits.ts';
import { changedFiles } from '../../../domain/snapshot.ts';
import type { Snapshot, SnapshotFile } from '../../../domain/snapshot.ts';
import type { FileSide } from '../../../domain/tree.ts';
import { scannedSide } from './scanned-side.ts';

export interface Scannable {
  readonly files: readonly SnapshotFile[];
  /** Over a limit: nobody looked. */
  readonly left: readonly SnapshotFile[];
}

/**
 * Changed files whose content is new, as many of them as the limit allows, in the order of their paths. What only moves, or came to the
 * base by itself, adds nothing.
 */
export function scannableFiles(snapshot: Snapshot): Scannable {
  const known = remembered.get(snapshot) ?? chosenOf(snapshot);
  remembered.set(snapshot, known);
  return known;
}

/** Every round asks for them again. */
const remembered = new WeakMap<Snapshot, Scannable>();

function chosenOf(snapshot: Snapshot): Scannable {
  const changed = changedFiles(snapshot);
  const known = new Set(changed.flatMap(({ base }) => base?.blob ?? []));
  const files: SnapshotFile[] = [];
  const left: SnapshotFile[] = [];
  let bytes = 0;
  for (const file of changed.filter(({ head }) => head !== null && scannedSide(head) !== null && !known.has(head.blob))) {
    const size = sizeOf(file.head) + sizeOf(file.base);
    const isOver = (file.head?.size ?? 0) > limits.fileBytes || bytes + size > limits.scannedBytes;
    (isOver ? left : files).push(file);
    if (!isOver) bytes += size;
  }
  return { files, left };
}

/** An unknown size counts as the largest that is read. What is larger is not read. */
function sizeOf(side: FileSide | null): number {
  if (side === null || scannedSide(side) === null) return 0;
  return side.size === null ? limits.fileBytes : side.size > limits.fileBytes ? 0 : side.size;
}
