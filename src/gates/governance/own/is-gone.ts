import type { SnapshotFile } from '../../../domain/snapshot.ts';
import { sideRequest } from '../../../domain/document/read-side.ts';

/** Whether what stood at a path of the base is read no more: nothing is there, or no file, and its content did not move to another of the files. */
export function isGone({ base, head }: SnapshotFile, files: readonly SnapshotFile[]): boolean {
  if (base === null || sideRequest(head) !== null) return false;
  return !files.some((other) => other.base === null && other.head?.blob === base.blob && sideRequest(other.head) !== null);
}
