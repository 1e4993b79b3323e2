/** A git commit or object name: 40 (SHA-1) or 64 (SHA-256) lower-case hex digits. */
export type Sha = string;

/** Git's file modes: file, executable, symlink, submodule. Directories do not stand in a flattened tree. */
export type FileMode = '100644' | '100755' | '120000' | '160000';

/** One path at one commit. */
export interface FileSide {
  readonly mode: FileMode;
  readonly blob: Sha;
  /** Bytes, where the source says so without reading the blob; null for submodules and unknown sizes. */
  readonly size: number | null;
}

export interface TreeEntry extends FileSide {
  readonly path: string;
}

/** All paths of one commit, flattened. `complete: false` means some could not be read: nothing may pass on it. */
export interface Tree {
  readonly commit: Sha;
  readonly entries: readonly TreeEntry[];
  readonly complete: boolean;
}
