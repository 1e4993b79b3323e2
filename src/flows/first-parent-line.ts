import type { Sha } from '../domain/tree.ts';
import type { FirstParentCommit, ObjectSource } from './ports.ts';

export interface FirstParentLine {
  /** Oldest first, without the commit at which it was resumed. */
  readonly commits: readonly FirstParentCommit[];
  /** The commit at which it was resumed; null when that is not on this line, or nothing was to be resumed. */
  readonly resumed: FirstParentCommit | null;
}

/** First-parent history from `after` (excluded) or the root up to `tip`. */
export async function firstParentLine(objects: ObjectSource, tip: Sha, after: Sha | null): Promise<FirstParentLine> {
  const newestFirst: FirstParentCommit[] = [];
  for (let from: Sha | null = tip; from !== null; ) {
    const page = await objects.history(from, { limit: 100 });
    for (const commit of page.commits) {
      if (commit.sha === after) return { commits: newestFirst.toReversed(), resumed: commit };
      newestFirst.push(commit);
    }
    from = page.next;
  }
  return { commits: newestFirst.toReversed(), resumed: null };
}
