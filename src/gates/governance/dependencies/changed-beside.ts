import { changedFiles } from '../../../domain/snapshot.ts';
import type { Snapshot, SnapshotFile } from '../../../domain/snapshot.ts';
import type { ChangedFile } from './package-change.ts';

/** Changed files by their paths in small letters, and what those of them that could be read name. Beside one whose name differs by its letters alone the file itself may stand unchanged. */
export interface ChangedBeside {
  readonly paths: ReadonlySet<string>;
  readonly files: ReadonlyMap<string, readonly SnapshotFile[]>;
  readonly read: ReadonlyMap<string, readonly ChangedFile[]>;
}

export function changedBeside(snapshot: Snapshot, read: readonly ChangedFile[]): ChangedBeside {
  const files = changedFiles(snapshot);
  return { paths: new Set(files.map(({ path }) => path)), files: Map.groupBy(files, ({ path }) => path.toLowerCase()), read: Map.groupBy(read, ({ path }) => path.toLowerCase()) };
}
