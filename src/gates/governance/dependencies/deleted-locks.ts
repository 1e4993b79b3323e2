import type { Action } from '../../../domain/action/action.ts';
import { changedFiles } from '../../../domain/snapshot.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import { dependencyFileOf } from './dependency-file.ts';
import { dividedPath } from './divided-path.ts';
import { lockAction } from './lock-action.ts';
import { isOfScript, manifestsOf, pipToolsSource } from './lock-manifests.ts';
import { movedProjects } from './moved-projects.ts';
import type { ChangedFile } from './package-change.ts';
import type { SideFacts } from './side-facts.ts';

/** One that goes with its manifest was for a project that is no more, unless that stands elsewhere, or members of it may. */
export function deletedLocks(snapshot: Snapshot, read: readonly ChangedFile[], beside: (path: string) => SideFacts | null): readonly Action[] {
  const files = changedFiles(snapshot);
  const [kept, gone] = [files.filter(({ head }) => head !== null), files.filter(({ base, head }) => base !== null && head === null)];
  const inUse = new Set(kept.filter(({ path }) => dependencyFileOf(path) !== null).map(({ path }) => dividedPath(path).folder.toLowerCase()));
  const keptPaths = new Set(kept.map(({ path }) => path.toLowerCase()));
  const changed = new Set(files.map(({ path }) => path.toLowerCase()));
  const movedWithout = movedProjects(snapshot, read);
  const stands = (path: string): boolean => (changed.has(path.toLowerCase()) ? keptPaths.has(path.toLowerCase()) : beside(path) !== null);
  return gone.flatMap(({ path }) => {
    if (dependencyFileOf(path)?.isLock !== true) return isLockedList(path, read) && stands(pipToolsSource(path) ?? path) ? [lockAction(path, 'is gone', null)] : [];
    const { folder, name } = dividedPath(path);
    const manifests = manifestsOf(name).map((manifest) => `${folder}${manifest}`);
    const goneManifests = gone.map((one) => one.path).filter((one) => manifests.some((manifest) => manifest.toLowerCase() === one.toLowerCase()));
    const isInUse = manifests.some(stands) || (!isOfScript(name) && inUse.has(folder.toLowerCase()));
    const lock = read.find((one) => one.path === path);
    const hasMembers = read.some((one) => goneManifests.includes(one.path) && (one.isBaseUnread || one.before.hasMembers === true));
    const isProjectGone = goneManifests.length > 0 && !isInUse && !hasMembers && lock !== undefined && !movedWithout(lock, goneManifests);
    return isProjectGone ? [] : [lockAction(path, 'is gone', null)];
  });
}

/** Requirements with digests, as pip-tools writes them. What can not be read may have some. */
function isLockedList(path: string, read: readonly ChangedFile[]): boolean {
  const list = read.find((one) => one.path === path && one.file.format === 'requirements');
  return pipToolsSource(path) !== null && list !== undefined && (list.isBaseUnread || list.before.dependencies.some(({ hashes }) => hashes.length > 0));
}
