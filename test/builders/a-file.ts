import type { FileRole, SnapshotFile } from '../../src/domain/snapshot.ts';
import type { FileSide } from '../../src/domain/tree.ts';
import { aSide } from './content.ts';
import type { Content } from './content.ts';

/** A side is content (a plain file of it), a ready side (another mode, an odd size), or null for absent. */
export type SideInput = Content | FileSide | null;

export interface FileInput {
  readonly path: string;
  /** Left out: absent. */
  readonly base?: SideInput;
  /** Left out: as the base. */
  readonly mergeBase?: SideInput;
  /** Left out: as the base, so that the file is unchanged. */
  readonly head?: SideInput;
  /** Left out: whether merge-base and head differ. */
  readonly changed?: boolean;
  /** Left out: a contract. */
  readonly roles?: readonly FileRole[];
}

/** A file of a snapshot. `aFile({ path, base: 'old', head: 'new' })` is an edit, without `base` an addition, `head: null` a deletion. */
export function aFile(input: FileInput): SnapshotFile {
  const base = sideOf(input.base ?? null);
  const mergeBase = input.mergeBase === undefined ? base : sideOf(input.mergeBase);
  const head = input.head === undefined ? base : sideOf(input.head);
  return {
    path: input.path,
    mergeBase,
    base,
    head,
    changed: input.changed ?? (mergeBase?.blob !== head?.blob || mergeBase?.mode !== head?.mode),
    roles: input.roles ?? ['contract'],
  };
}

function sideOf(input: SideInput): FileSide | null {
  if (input === null) return null;
  return typeof input === 'string' || input instanceof Uint8Array ? aSide(input) : input;
}
