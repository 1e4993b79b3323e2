import { Failure } from '../domain/failure.ts';
import type { Sha, TreeEntry } from '../domain/tree.ts';
import type { DecisionRecord, ObjectSource } from './ports.ts';

/** What a decision saw: the files that its head changes, as they stand there. */
export interface JudgedContent {
  /** Whether it saw just this at the path; null: that nothing is left there. */
  has(path: string, file: Pick<TreeEntry, 'mode' | 'blob'> | null): boolean;
}

const everything: JudgedContent = { has: () => true };
const nothing: JudgedContent = { has: () => false };

/**
 * What arrived need not be what was judged: a merge that was made by hand can hold anything, and one of two changes to the same
 * file holds a text that neither of them had.
 * @param commit That arrived. A decision about this very commit saw all of it.
 */
export async function judgedContent(objects: ObjectSource, { decision }: DecisionRecord, commit: Sha): Promise<JudgedContent> {
  if (decision.head === commit) return everything;
  const [before, after] = [await filesOf(objects, decision.mergeBase), await filesOf(objects, decision.head)];
  if (before === null || after === null) return nothing;
  return {
    has: (path, file) => isSame(after.get(path) ?? null, file) && !isSame(before.get(path) ?? null, file),
  };
}

/** Null when they can not be read any more: what nobody can compare was not seen. Trouble of the moment is thrown. */
async function filesOf(objects: ObjectSource, commit: Sha): Promise<ReadonlyMap<string, TreeEntry> | null> {
  try {
    const { complete, entries } = await objects.tree(commit);
    return complete ? new Map(entries.map((entry) => [entry.path, entry])) : null;
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === 'SNAPSHOT_UNREADABLE') return null;
    throw thrown;
  }
}

function isSame(one: Pick<TreeEntry, 'mode' | 'blob'> | null, other: Pick<TreeEntry, 'mode' | 'blob'> | null): boolean {
  return one?.blob === other?.blob && one?.mode === other?.mode;
}
