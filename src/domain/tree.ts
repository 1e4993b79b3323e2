/** A git commit or object name: 40 (SHA-1) or 64 (SHA-256) lower-case hex digits. */
export type Sha = string;

/** Git's file modes: file, executable, symlink, submodule. Directories do not stand in a flattened tree. */
export type FileMode = '100644' | '100755' | '120000' | '160000';

/** Of a file with content of its own. */
export type PlainFileMode = Extract<FileMode, '100644' | '100755'>;

/** One path at one commit. */
export interface FileSide {
  readonly mode: FileMode;
  readonly blob: Sha;
  /** Bytes, where the source says so without reading the blob; null for submodules and unknown sizes. */
  readonly size: number | null;
}

/** No link, which points elsewhere, and no submodule. */
export function isPlainFile<Side extends Pick<FileSide, 'mode'>>(side: Side): side is Side & { readonly mode: PlainFileMode } {
  return side.mode === '100644' || side.mode === '100755';
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
