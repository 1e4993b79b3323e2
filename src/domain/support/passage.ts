/** Text that a citation points at, with where it stands. */
export interface Passage {
  readonly text: string;
  /** Null: it stands in no file of a repository. */
  readonly path: string | null;
  /** 1-based and inclusive; null: the whole of it. */
  readonly lines: { readonly start: number; readonly end: number } | null;
}
