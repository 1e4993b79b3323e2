import { ownKindsOf } from '../../../domain/configuration/own-kinds.ts';
import type { OwnKind } from '../../../domain/configuration/own-paths.ts';
import { changedFiles } from '../../../domain/snapshot.ts';
import type { SnapshotFile } from '../../../domain/snapshot.ts';
import type { ChangeToDerive } from '../deriver.ts';

export type OwnFiles = ReadonlyMap<OwnKind, readonly SnapshotFile[]>;

/** The changed files that the base's configuration reads to decide something, by what it reads them as. One of several kinds is listed with each. */
export function changedOwnFiles({ snapshot, configuration }: Pick<ChangeToDerive, 'snapshot' | 'configuration'>): OwnFiles {
  const files = new Map<OwnKind, SnapshotFile[]>();
  for (const file of changedFiles(snapshot)) {
    for (const kind of ownKindsOf(configuration, file.path)) {
      const known = files.get(kind);
      if (known === undefined) files.set(kind, [file]);
      else known.push(file);
    }
  }
  return files;
}
