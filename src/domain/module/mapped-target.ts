import { folderOf, pathAt } from './resolve-relative.ts';

/** Where a name that is mapped may stand. */
export interface MappedTarget {
  /** From the root of the repository. */
  readonly path: string;
  /** The folder in which it stands whatever the name has for `*`. */
  readonly root: string;
}

/** @param target As it is written, with `*` for a part of the name. @returns Null where it leads out of the repository. */
export function mappedTarget(folder: string, target: string, part: string): MappedTarget | null {
  const path = pathAt(folder, target.replaceAll('*', () => part));
  const star = target.indexOf('*');
  const root = star === -1 ? folderOf(path ?? '') : pathAt(folder, target.slice(0, star).replace(/[^/]*$/, ''));
  return path === null || root === null ? null : { path, root };
}
