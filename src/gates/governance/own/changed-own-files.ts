import { ownKindsOf } from '../../../domain/configuration/own-kinds.ts';
import type { OwnKind } from '../../../domain/configuration/own-paths.ts';
import { changedFiles } from '../../../domain/snapshot.ts';
import type { SnapshotFile } from '../../../domain/snapshot.ts';
import type { ChangeToDerive } from '../deriver.ts';
import { eachOwnFileAnew } from './own-files-anew.ts';

export type OwnFiles = ReadonlyMap<OwnKind, readonly SnapshotFile[]>;

/**
 * The changed files that the base's configuration reads to decide something, and all that only the head's would read, by what they
 * are read as. One of several kinds is listed with each.
 */
export function changedOwnFiles(change: ChangeToDerive): OwnFiles {
  const files = new Map<OwnKind, readonly SnapshotFile[]>();
  const known = changedFiles(change.snapshot).flatMap((file) => ownKindsOf(change.configuration, file.path).map((kind) => ({ kind, file })));
  for (const { kind, file } of [...known, ...eachOwnFileAnew(change)]) files.set(kind, [...(files.get(kind) ?? []), file]);
  return files;
}
