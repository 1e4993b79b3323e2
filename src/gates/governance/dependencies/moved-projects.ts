import { changedFiles } from '../../../domain/snapshot.ts';
import type { Snapshot } from '../../../domain/snapshot.ts';
import { dependencyFileOf } from '../../../domain/dependency/dependency-file.ts';
import { dividedPath } from '../../../domain/dependency/divided-path.ts';
import { isOfScript } from './lock-manifests.ts';
import { namedPackages } from './named-packages.ts';
import type { ChangedFile } from './package-change.ts';

/** Lock files in or above a folder that are looked at: nobody but an attacker has as many. */
const most = 20;

/** Tells whether what a deleted lock file was for stands elsewhere now, without a lock file that names what it named. `manifests` are the paths of its deleted manifests. */
export function movedProjects(snapshot: Snapshot, read: readonly ChangedFile[]): (lock: ChangedFile, manifests: readonly string[]) => boolean {
  const changed = changedFiles(snapshot);
  const standing = changed.filter(({ head, base }) => head !== null && head.blob !== base?.blob);
  const blobs = new Map(changed.map(({ path, base }) => [path, base?.blob]));
  const named = new Map(read.filter(({ file, isKept }) => file.isLock && isKept).map(({ path, head }) => [path, namedPackages(head)]));
  const locks = changed.filter(({ path, head }) => head !== null && dependencyFileOf(path)?.isLock === true).map(({ path }) => ({ path, ...dividedPath(path), ecosystem: dependencyFileOf(path)?.ecosystem }));
  const lockPaths = new Set(locks.map(({ path }) => path));
  /** A lock file that is not read is told itself. */
  const isNamedBy = (path: string, name: string): boolean => named.get(path)?.has(name) ?? true;
  const locksAbove = (path: string): readonly string[] => {
    const ecosystem = dependencyFileOf(path)?.ecosystem;
    return locks.filter((one) => one.ecosystem === ecosystem && path.startsWith(one.folder)).slice(0, most).map((one) => one.path);
  };
  const unlocked = new Set(read.filter(({ file, isKept }) => !file.isLock && isKept).flatMap(({ path, file, before, head }) => {
    const [above, stood] = [locksAbove(path), new Set(before.dependencies.map(({ name }) => name))];
    return head.dependencies.flatMap(({ name }) => (stood.has(name) || above.some((one) => isNamedBy(one, name)) ? [] : `${file.ecosystem} ${name}`));
  }));
  return (lock, manifests) => {
    const [wanted, contents] = [[...namedPackages(lock.before)], new Set(manifests.flatMap((path) => blobs.get(path) ?? []))];
    const moved = standing.filter(({ head }) => head !== null && contents.has(head.blob)).map(({ path }) => path);
    if (isOfScript(dividedPath(lock.path).name)) {
      const scripts = [...moved, ...standing.filter(({ path, base }) => base === null && path.toLowerCase().endsWith('.py')).map(({ path }) => path)];
      return scripts.some((path) => !lockPaths.has(`${path}.lock`) || wanted.some((name) => !isNamedBy(`${path}.lock`, name)));
    }
    const isAskedFor = lock.isBaseUnread ? [...unlocked].some((one) => one.startsWith(`${lock.file.ecosystem} `)) : wanted.some((name) => unlocked.has(`${lock.file.ecosystem} ${name}`));
    return isAskedFor || moved.some((path) => dependencyFileOf(path) !== null && locksAbove(path).length === 0);
  };
}
