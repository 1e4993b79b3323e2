/**
 * The branch that makes ours impossible or unsafe: one that is named as a folder of ours, or lies below ours, or differs from it in case
 * alone (a clone on a file system that folds case can hold only one). Ours itself is not in its own way. Null when there is none.
 */
export function branchInTheWay(branches: readonly string[], ours: string): string | null {
  return branches.find((branch) => branch !== ours && isInTheWay(folded(branch), folded(ours))) ?? null;
}

function isInTheWay(branch: string, ours: string): boolean {
  return branch === ours || ours.startsWith(`${branch}/`) || branch.startsWith(`${ours}/`);
}

function folded(branch: string): string {
  return branch.normalize('NFC').toLowerCase();
}
