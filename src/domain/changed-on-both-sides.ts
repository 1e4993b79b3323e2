import { finding } from './finding.ts';
import type { Finding } from './finding.ts';
import type { SnapshotFile } from './snapshot.ts';
import type { FileSide } from './tree.ts';

/** Whether head and base have each made something else of a path since they parted: what would be merged is neither. */
export function isChangedOnBothSides({ mergeBase, base, head }: SnapshotFile): boolean {
  return !isSameSide(mergeBase, base) && !isSameSide(mergeBase, head) && !isSameSide(base, head);
}

export function updateBranch(path: string, baseBranch: string): Finding {
  return finding({
    code: 'snapshot/update_branch',
    path,
    message: `\`${path}\` changed here and in ${baseBranch} since the branches parted, so what would be merged is not known yet.`,
    expected: 'a change on one side only',
    found: 'different contents on both sides',
    next: `Merge ${baseBranch} into this branch, or rebase on it, and push.`,
  });
}

function isSameSide(a: FileSide | null, b: FileSide | null): boolean {
  if (a === null || b === null) return a === b;
  return a.blob === b.blob && a.mode === b.mode;
}
