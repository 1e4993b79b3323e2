import { Failure } from '../domain/failure.ts';
import type { Sha, Tree, TreeEntry } from '../domain/tree.ts';
import type { ObjectSource } from './ports/object-source.ts';

/** By path what one of two commits has where the other one has something else; null: nothing. */
export type TreeDifferences = ReadonlyMap<string, TreeEntry | null>;

/**
 * What `after` has otherwise than `before` (null: than nothing).
 * @returns Null when one of the two can not be read whole, or not any more. Trouble of the moment is thrown.
 */
export async function treeDifferences(objects: Pick<ObjectSource, 'tree'>, before: Sha | null, after: Sha): Promise<TreeDifferences | null> {
  if (before === after) return new Map();
  const old = before === null ? empty : await wholeTree(objects, before);
  const now = await wholeTree(objects, after);
  return old === null || now === null ? null : differencesOf(old, now);
}

/** What a commit has at some paths. */
export async function filesAt(objects: Pick<ObjectSource, 'tree'>, commit: Sha, paths: ReadonlySet<string>): Promise<ReadonlyMap<string, TreeEntry> | null> {
  const tree = await wholeTree(objects, commit);
  return tree === null ? null : new Map(tree.entries.filter((entry) => paths.has(entry.path)).map((entry) => [entry.path, entry]));
}

export function isSameFile(one: TreeEntry | null, other: TreeEntry | null): boolean {
  return one?.blob === other?.blob && one?.mode === other?.mode;
}

const empty: Pick<Tree, 'entries'> = { entries: [] };

/** Null when it can not be read whole, or not any more. */
export async function wholeTree(objects: Pick<ObjectSource, 'tree'>, commit: Sha): Promise<Tree | null> {
  try {
    const tree = await objects.tree(commit);
    return tree.complete ? tree : null;
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === 'SNAPSHOT_UNREADABLE') return null;
    throw thrown;
  }
}

function differencesOf(before: Pick<Tree, 'entries'>, after: Tree): TreeDifferences {
  const left = new Map(before.entries.map((entry) => [entry.path, entry]));
  const differing = new Map<string, TreeEntry | null>();
  for (const entry of after.entries) {
    if (!isSameFile(left.get(entry.path) ?? null, entry)) differing.set(entry.path, entry);
    left.delete(entry.path);
  }
  for (const path of left.keys()) differing.set(path, null);
  return differing;
}
