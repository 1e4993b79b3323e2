import { behaviorAt } from '../../domain/behavior/behavior-at.ts';
import type { BehaviorAt } from '../../domain/behavior/behavior-at.ts';
import { ownKindsOf } from '../../domain/configuration/own-kinds.ts';
import type { Configuration } from '../../domain/configuration/configuration.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { RequestOf } from '../../domain/probe-request.ts';
import { isOwn, resultSide } from '../../domain/snapshot.ts';
import type { Snapshot, SnapshotFile } from '../../domain/snapshot.ts';
import { blobRequest } from './read-own-file.ts';

/** A behaviour as it will be once the change is merged. */
export interface BehaviorAfter {
  readonly file: SnapshotFile;
  readonly at: BehaviorAt;
}

/** All behaviour files of the result, where the change touches one, or a file or a playbook that they may name; else none is read. */
function behaviorFilesAfter(snapshot: Snapshot): readonly SnapshotFile[] {
  const configuration = snapshot.configuration.effective;
  if (configuration === null || !snapshot.files.some((file) => file.changed && isConcerned(configuration, file))) return [];
  return snapshot.files.filter((file) => file.roles.includes('own') && resultSide(file) !== null && ownKindsOf(configuration, file.path).includes('behavior'));
}

/** Of Plumbline's own files, those that the configuration does not name are named by behaviours. */
function isConcerned(configuration: Configuration, file: SnapshotFile): boolean {
  if (!isOwn(file)) return false;
  const kinds = ownKindsOf(configuration, file.path);
  return kinds.length === 0 || kinds.some((kind) => kind === 'behavior' || kind === 'schema' || kind === 'playbook');
}

export function behaviorRequestsAfter(snapshot: Snapshot): readonly RequestOf<'blob'>[] {
  return behaviorFilesAfter(snapshot).map((file) => blobRequest(resultSide(file))).filter((request) => request !== null);
}

export function behaviorsAfter(snapshot: Snapshot, evidence: Evidence): readonly BehaviorAfter[] {
  return behaviorFilesAfter(snapshot).flatMap((file) => {
    const side = resultSide(file);
    return side === null ? [] : [{ file, at: behaviorAt(file.path, side, evidence) }];
  });
}
