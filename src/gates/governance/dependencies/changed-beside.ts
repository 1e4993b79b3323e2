import { changedFiles } from '../../../domain/snapshot.ts';
import type { Snapshot, SnapshotFile } from '../../../domain/snapshot.ts';
import type { ChangedFile } from './package-change.ts';

/** Changed files by their paths in small letters, and what those of them that could be read name. */
export interface ChangedBeside {
  readonly files: ReadonlyMap<string, readonly SnapshotFile[]>;
  readonly read: ReadonlyMap<string, readonly ChangedFile[]>;
}

export function changedBeside(snapshot: Snapshot, read: readonly ChangedFile[]): ChangedBeside {
  return { files: Map.groupBy(changedFiles(snapshot), ({ path }) => path.toLowerCase()), read: Map.groupBy(read, ({ path }) => path.toLowerCase()) };
}
