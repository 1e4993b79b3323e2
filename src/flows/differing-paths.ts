import type { Tree } from '../domain/tree.ts';

/** Paths that do not stand in both trees as the same file; null when one of them could not be read whole. */
export function differingPaths(before: Tree, after: Tree): ReadonlySet<string> | null {
  if (!before.complete || !after.complete) return null;
  const old = new Map(before.entries.map((entry) => [entry.path, `${entry.mode} ${entry.blob}`]));
  const touched = new Set<string>();
  for (const entry of after.entries) {
    if (old.get(entry.path) !== `${entry.mode} ${entry.blob}`) touched.add(entry.path);
    old.delete(entry.path);
  }
  for (const path of old.keys()) touched.add(path);
  return touched;
}
