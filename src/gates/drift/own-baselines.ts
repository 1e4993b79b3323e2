import { behaviorAt } from '../../domain/behavior/behavior-at.ts';
import type { Behavior } from '../../domain/behavior/behavior.ts';
import { namedFilesOf } from '../../domain/behavior/named-files.ts';
import { haveSameBaselines, withBaselinesOf } from '../../domain/behavior/with-baselines-of.ts';
import { sideRequest } from '../../domain/document/read-side.ts';
import type { Evidence } from '../../domain/evidence.ts';
import type { RequestOf } from '../../domain/probe-request.ts';
import { resultSide } from '../../domain/snapshot.ts';
import type { SnapshotFile } from '../../domain/snapshot.ts';
import type { FileSide } from '../../domain/tree.ts';
import type { AskedBehavior } from './asked-behavior.ts';

type Files = ReadonlyMap<string, SnapshotFile>;

/** What has to be read to know whether a change brings baselines of its own. */
export function headRequest({ changed, head }: SnapshotFile): RequestOf<'blob'> | null {
  return changed ? sideRequest(head) : null;
}

/**
 * The behaviour of the base by the baselines that the change brings; null where it brings none, or none that are valid. Only what
 * was agreed is taken of the change: what is asked and what is tolerated stay as the base has them.
 */
export function withOwnBaselines(asked: AskedBehavior, file: SnapshotFile, files: Files, evidence: Evidence): AskedBehavior | null {
  const head = headBehavior(asked, file, evidence);
  if (head === null) return null;
  const behavior = withBaselinesOf(asked.behavior, head);
  if (behavior === null) return null;
  const moved = baselinePaths(behavior).some((path) => files.get(path)?.changed === true);
  if (!moved && haveSameBaselines(asked.behavior, behavior)) return null;
  const own = new Set(baselinePaths(behavior));
  return { ...asked, behavior, sideOf: (path) => (own.has(path) ? sideInResult(path, files) : asked.sideOf(path)) };
}

function headBehavior({ behavior }: AskedBehavior, file: SnapshotFile, evidence: Evidence): Behavior | null {
  if (!file.changed) return behavior;
  const at = file.head === null ? null : behaviorAt(file.path, file.head, evidence);
  return at?.kind === 'behavior' ? at.behavior : null;
}

function baselinePaths(behavior: Behavior): readonly string[] {
  return namedFilesOf(behavior).flatMap(({ path, as }) => (as === 'baseline' ? [path] : []));
}

function sideInResult(path: string, files: Files): FileSide | null {
  const file = files.get(path);
  return file === undefined ? null : resultSide(file);
}
