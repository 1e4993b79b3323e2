import type { Action } from '../../../domain/action/action.ts';
import { changedFiles } from '../../../domain/snapshot.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import { dependencyFileOf } from './dependency-file.ts';
import { dividedPath } from './divided-path.ts';
import { lockAction } from './lock-action.ts';
import { isOfScript, manifestsOf } from './lock-manifests.ts';
import { movedProjects } from './moved-projects.ts';
import type { ChangedFile } from './package-change.ts';
import type { SideFacts } from './side-facts.ts';

/** One that goes with its manifest was for a project that is no more, unless that stands elsewhere, or members of it may. */
export function deletedLocks(snapshot: Snapshot, read: readonly ChangedFile[], beside: (path: string) => SideFacts | null): readonly Action[] {
  const files = changedFiles(snapshot);
  const [kept, gone] = [files.filter(({ head }) => head !== null), files.filter(({ base, head }) => base !== null && head === null)];
  const inUse = new Set(kept.filter(({ path }) => dependencyFileOf(path) !== null).map(({ path }) => dividedPath(path).folder.toLowerCase()));
  const changed = new Set(files.map(({ path }) => path.toLowerCase()));
  const movedWithout = movedProjects(snapshot, read);
  return gone.flatMap(({ path }) => {
    if (dependencyFileOf(path)?.isLock !== true) return [];
    const { folder, name } = dividedPath(path);
    const manifests = manifestsOf(name).map((manifest) => `${folder}${manifest}`);
    const goneManifests = gone.map((one) => one.path).filter((one) => manifests.some((manifest) => manifest.toLowerCase() === one.toLowerCase()));
    const stands = manifests.some((one) => (changed.has(one.toLowerCase()) ? kept.some((file) => file.path.toLowerCase() === one.toLowerCase()) : beside(one) !== null));
    const isInUse = stands || (!isOfScript(name) && inUse.has(folder.toLowerCase()));
    const lock = read.find((one) => one.path === path);
    const hasMembers = read.some((one) => goneManifests.includes(one.path) && (one.isBaseUnread || one.before.hasMembers === true));
    const isProjectGone = goneManifests.length > 0 && !isInUse && !hasMembers && lock !== undefined && !movedWithout(lock, goneManifests);
    return isProjectGone ? [] : [lockAction(path, 'is gone', null)];
  });
}
