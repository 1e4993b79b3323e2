import type { FileSide } from '../tree.ts';

/** A changed path as it was at the base, and as it is once the change is merged. */
export interface ChangedPath {
  readonly path: string;
  readonly base: FileSide | null;
  readonly result: FileSide | null;
}
