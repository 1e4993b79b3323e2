import type { Action } from '../../../domain/action/action.ts';
import { changedFiles } from '../../../domain/snapshot.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import type { Beside } from './beside-files.ts';
import type { ChangedBeside } from './changed-beside.ts';
import { dependencyFileOf } from '../../../domain/dependency/dependency-file.ts';
import { dividedPath } from '../../../domain/dependency/divided-path.ts';
import { lockAction } from './lock-action.ts';
import { isOfScript, manifestsOf, pipToolsSource } from './lock-manifests.ts';
import { movedProjects } from './moved-projects.ts';
import type { ChangedFile } from './package-change.ts';

/** One that goes with its manifest was for a project that is no more, unless that stands elsewhere, or members of it may. */
export function deletedLocks(snapshot: Snapshot, read: readonly ChangedFile[], changed: ChangedBeside, beside: Beside): readonly Action[] {
  const files = changedFiles(snapshot);
  const inUse = new Set(files.filter(({ path, head }) => head !== null && dependencyFileOf(path) !== null).map(({ path }) => dividedPath(path).folder.toLowerCase()));
  const stands = (path: string): boolean => changed.files.get(path.toLowerCase())?.some(({ head }) => head !== null) === true || (!changed.paths.has(path) && beside(path) !== null);
  const movedWithout = movedProjects(snapshot, read);
  const facts = new Map(read.map((file) => [file.path, file]));
  return files.filter(({ base, head }) => base !== null && head === null).flatMap(({ path }) => {
    const lock = facts.get(path);
    if (dependencyFileOf(path)?.isLock !== true) return isLockedList(lock) && stands(pipToolsSource(path) ?? path) ? [lockAction(path, 'is gone', null)] : [];
    const { folder, name } = dividedPath(path);
    const manifests = manifestsOf(name).map((manifest) => `${folder}${manifest}`);
    const gone = manifests.flatMap((one) => changed.files.get(one.toLowerCase()) ?? []).filter((one) => one.head === null).map((one) => one.path);
    const isInUse = manifests.some(stands) || (!isOfScript(name) && inUse.has(folder.toLowerCase()));
    const hasMembers = gone.some((one) => facts.get(one)?.isBaseUnread === true || facts.get(one)?.before.hasMembers === true);
    const isProjectGone = gone.length > 0 && !isInUse && !hasMembers && lock !== undefined && !movedWithout(lock, gone);
    return isProjectGone ? [] : [lockAction(path, 'is gone', null)];
  });
}

/** Requirements with digests, as pip-tools writes them. What can not be read may have some. */
function isLockedList(list: ChangedFile | undefined): boolean {
  return list?.file.format === 'requirements' && pipToolsSource(list.path) !== null && (list.isBaseUnread || list.before.dependencies.some(({ hashes }) => hashes.length > 0));
}
