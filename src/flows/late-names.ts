import type { LandedChange } from './landed-changes.ts';
import { isGovernedPath } from './changed-inputs.ts';
import { describedCommits } from './describe-merges.ts';
import type { LandedLine } from './judged-landing.ts';
import { treeDifferences } from './tree-differences.ts';

/** Commits that are looked at one by one: beyond them what they change is not asked. */
const mostLookedAt = 50;

/**
 * Whether GitHub may only be about to name who brought a governed commit onto the branch: for a moment after a merge it names no
 * pull request, or only those that brought it elsewhere.
 */
export async function mayBeNamedLater({ objects, line, configurations }: LandedLine, changes: readonly LandedChange[]): Promise<boolean> {
  if (line.commits.length > describedCommits(line).length) return true;
  const unnamed = changes.filter(({ subject }) => subject === 'push').flatMap(({ commits }) => commits);
  if (unnamed.length > mostLookedAt) return true;
  const parents = new Map(line.commits.map(({ sha }, place) => [sha, line.commits[place - 1]?.sha ?? line.resumed]));
  for (const sha of unnamed) {
    const differences = await treeDifferences(objects, parents.get(sha) ?? null, sha);
    const isGoverned = (path: string): boolean => configurations.some((configuration) => isGovernedPath(configuration, path));
    if (differences === null || [...differences.keys()].some(isGoverned)) return true;
  }
  return false;
}
