import type { Effort } from './effort.ts';

/** Paths of one tree of a repository, as resolving imports asks for them. */
export interface RepositoryPaths {
  readonly has: (path: string) => boolean;
  /** Whether any file stands in a folder or below it; empty: the root. */
  hasFolder(folder: string, effort: Effort): boolean;
  /** Names of files in a folder (empty: the root), to tell what is near. */
  namesIn(folder: string): readonly string[];
  /** Whether a path lies in a submodule, whose files are not in this repository. */
  isElsewhere(path: string, effort: Effort): boolean;
}
