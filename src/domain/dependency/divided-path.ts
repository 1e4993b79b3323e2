export interface DividedPath {
  /** With a slash at its end; empty for the root. */
  readonly folder: string;
  /** In small letters. */
  readonly name: string;
}

export function dividedPath(path: string): DividedPath {
  const at = path.lastIndexOf('/') + 1;
  return { folder: path.slice(0, at), name: path.slice(at).toLowerCase() };
}
