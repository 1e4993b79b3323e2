import { Failure } from '../domain/failure.ts';
import type { Sha } from '../domain/tree.ts';
import type { FirstParentCommit, ObjectSource } from './ports/object-source.ts';

export interface FirstParentLine {
  /** Oldest first, without the commit at which it was resumed. */
  readonly commits: readonly FirstParentCommit[];
  /** The newest commit of the line that an earlier look had reached; null when none had, or nothing was to be resumed. */
  readonly resumed: Sha | null;
  /** Whether `after` no longer leads to the tip: somebody forced the branch. */
  readonly isRewritten: boolean;
}

/** First-parent history from what `after` had reached (excluded) or the root up to `tip`. */
export async function firstParentLine(objects: ObjectSource, tip: Sha, after: Sha | null): Promise<FirstParentLine> {
  if (tip === after) return { commits: [], resumed: tip, isRewritten: false };
  const line: Walk = { commits: [], next: tip };
  await walkOn(objects, line);
  if (after === null) return wholeLine(objects, line, false);
  const direct = line.commits.findIndex((commit) => commit.sha === after);
  if (direct !== -1) return cut(line, direct, false);
  const fork = await forkOf(objects, after, tip);
  return fork === null ? wholeLine(objects, line, true) : meet(objects, line, fork, fork !== after);
}

interface Walk {
  readonly commits: FirstParentCommit[];
  next: Sha | null;
}

async function walkOn(objects: ObjectSource, walk: Walk): Promise<void> {
  if (walk.next === null) return;
  const page = await objects.history(walk.next, { limit: 100 });
  walk.commits.push(...page.commits);
  walk.next = page.next;
}

async function wholeLine(objects: ObjectSource, line: Walk, isRewritten: boolean): Promise<FirstParentLine> {
  while (line.next !== null) await walkOn(objects, line);
  return cut(line, line.commits.length, isRewritten);
}

/** What both share; null when the older one is gone, or they share nothing. Trouble of the moment is thrown: it proves neither. */
async function forkOf(objects: ObjectSource, after: Sha, tip: Sha): Promise<Sha | null> {
  try {
    return await objects.mergeBase(after, tip);
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === 'SNAPSHOT_UNREADABLE') return null;
    throw thrown;
  }
}

/** The fork may have come in by a merge: then the line is cut where it meets the fork's own, both followed side by side. */
async function meet(objects: ObjectSource, line: Walk, fork: Sha, isRewritten: boolean): Promise<FirstParentLine> {
  const older: Walk = { commits: [], next: fork };
  const known = new Set([fork]);
  for (;;) {
    const met = line.commits.findIndex((commit) => known.has(commit.sha));
    if (met !== -1) return cut(line, met, isRewritten);
    if (line.next === null && older.next === null) return cut(line, line.commits.length, isRewritten);
    await walkOn(objects, older);
    for (const { sha } of older.commits.slice(-100)) known.add(sha);
    if (line.next !== null) await walkOn(objects, line);
  }
}

function cut(line: Walk, at: number, isRewritten: boolean): FirstParentLine {
  return { commits: line.commits.slice(0, at).toReversed(), resumed: line.commits[at]?.sha ?? null, isRewritten };
}
