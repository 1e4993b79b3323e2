import type { Configuration } from './configuration/configuration.ts';
import { rolesOf } from './configuration/governed-roles.ts';
import type { PathTwin, SnapshotFile } from './snapshot.ts';
import { resultSide } from './snapshot.ts';
import type { FileSide, Tree } from './tree.ts';

/** M, B and H, whole. */
export interface Trees {
  readonly mergeBase: Tree;
  readonly base: Tree;
  readonly head: Tree;
}

/** Paths that are Plumbline's own though the base's configuration does not name them: behaviours of the base do, or something of the head alone does. */
export interface NamedPaths {
  readonly byBase: ReadonlySet<string>;
  readonly byHead: ReadonlySet<string>;
}

/** Every governed and every changed path with its three sides, sorted by path. */
export function snapshotFiles(trees: Trees, configuration: Configuration | null, named: NamedPaths): readonly SnapshotFile[] {
  const mergeBase = sidesOf(trees.mergeBase);
  const base = sidesOf(trees.base);
  const head = sidesOf(trees.head);
  const files: SnapshotFile[] = [];
  for (const path of new Set([...mergeBase.keys(), ...base.keys(), ...head.keys()])) {
    const changed = !isSameSide(mergeBase.get(path), head.get(path));
    const roles = rolesAt(configuration, path, named);
    if (!changed && roles.length === 0) continue;
    files.push({ path, mergeBase: mergeBase.get(path) ?? null, base: base.get(path) ?? null, head: head.get(path) ?? null, changed, roles });
  }
  return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** Where nothing is configured, the change may name files all the same: by the first configuration. */
function rolesAt(configuration: Configuration | null, path: string, { byBase, byHead }: NamedPaths): SnapshotFile['roles'] {
  const roles = configuration === null ? [] : rolesOf(configuration, path);
  if (roles.includes('own')) return roles;
  if (byBase.has(path)) return [...roles, 'own'];
  return byHead.has(path) ? [...roles, 'own-anew'] : roles;
}

/**
 * Changed paths that another path of R equals after NFC and case folding, where either is governed: on some file systems
 * only one of the two survives a checkout, so a reader of the repository may see the other's content.
 */
export function pathTwins(trees: Trees, files: readonly SnapshotFile[]): readonly PathTwin[] {
  const changed = files.filter((file) => file.changed && resultSide(file) !== null);
  const governed = new Set(files.filter((file) => file.roles.length > 0).map((file) => file.path));
  const byFolded = new Map(changed.map((file) => [foldedPath(file.path), [] as string[]]));
  for (const path of resultPaths(trees, files)) byFolded.get(foldedPath(path))?.push(path);
  return changed.flatMap(({ path }) => {
    const others = (byFolded.get(foldedPath(path)) ?? []).filter((other) => other !== path && (governed.has(path) || governed.has(other)));
    return others.map((other) => ({ path, other }));
  });
}

/** Paths of R: the base's, with the changed ones as the head has them. */
function resultPaths(trees: Trees, files: readonly SnapshotFile[]): ReadonlySet<string> {
  const paths = new Set(trees.base.entries.map((entry) => entry.path));
  for (const file of files) {
    if (!file.changed) continue;
    if (file.head === null) paths.delete(file.path);
    else paths.add(file.path);
  }
  return paths;
}

/** The form in which two paths are one on a file system that ignores case or normalises. */
export function foldedPath(path: string): string {
  return path.normalize('NFC').toUpperCase().toLowerCase();
}

export function sidesOf(tree: Tree): ReadonlyMap<string, FileSide> {
  return new Map(tree.entries.map(({ path, mode, blob, size }) => [path, { mode, blob, size }]));
}

export function isSameSide(a: FileSide | undefined, b: FileSide | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return a.mode === b.mode && a.blob === b.blob;
}
