import type { Effort } from '../../domain/module/effort.ts';
import type { ChangedPath } from '../../domain/module/modules-to-look-at.ts';
import type { RepositoryPaths } from '../../domain/module/repository-paths.ts';
import { folderOf } from '../../domain/module/resolve-relative.ts';
import { isPlainFile } from '../../domain/tree.ts';
import type { FileSide, Tree } from '../../domain/tree.ts';

/** To hold a path against one costs as much as to look at so many characters. */
const perSubmodule = 8;
/** The same of a path that is held against a folder. */
const perPath = 2;

/** One tree of a repository: a commit, or one with a change laid over it. */
export class RepositoryTree implements RepositoryPaths {
  readonly sides: ReadonlyMap<string, FileSide>;
  readonly #submodules: readonly string[];
  readonly #standing = new Map<string, boolean>();
  #folders: ReadonlyMap<string, readonly string[]> | null = null;

  constructor(sides: ReadonlyMap<string, FileSide>) {
    this.sides = sides;
    this.#submodules = [...sides].flatMap(([path, { mode }]) => (mode === '160000' ? [`${path}/`] : []));
  }

  readonly has = (path: string): boolean => this.sides.has(path);

  isElsewhere(path: string, effort: Effort): boolean {
    effort.spend(this.#submodules.length * perSubmodule);
    return this.#submodules.some((folder) => path.startsWith(folder) || folder === `${path}/`);
  }

  hasFolder(folder: string, effort: Effort): boolean {
    const known = this.#standing.get(folder);
    if (known !== undefined) return known;
    effort.spend(this.sides.size * perPath);
    const stands = folder === '' || Array.from(this.sides.keys()).some((path) => path.startsWith(`${folder}/`));
    this.#standing.set(folder, stands);
    return stands;
  }

  namesIn(folder: string): readonly string[] {
    this.#folders ??= new Map([...Map.groupBy(this.sides.keys(), folderOf)].map(([name, paths]) => [name, paths.map((path) => path.slice(name === '' ? 0 : name.length + 1))]));
    return this.#folders.get(folder) ?? [];
  }

  /** What can be read at a path; null where nothing, a link or a submodule is. */
  fileAt(path: string): FileSide | null {
    const side = this.sides.get(path);
    return side !== undefined && isPlainFile(side) ? side : null;
  }
}

export function treeAt(tree: Tree): RepositoryTree {
  return new RepositoryTree(new Map(tree.entries.map(({ path, mode, blob, size }) => [path, { mode, blob, size }])));
}

/** The base with the changed paths as they are merged. */
export function treeWith({ sides }: RepositoryTree, changed: readonly ChangedPath[]): RepositoryTree {
  const merged = new Map(sides);
  for (const { path, result } of changed) {
    if (result === null) merged.delete(path);
    else merged.set(path, result);
  }
  return new RepositoryTree(merged);
}
