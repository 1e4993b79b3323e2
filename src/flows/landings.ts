import type { Sha } from '../domain/tree.ts';
import type { MergedPullRequests } from './merged-pull-requests.ts';

/**
 * Tells with which commit of a line one landed: the last that was put on the branch in the same go. A rebase merge or a
 * fast-forward puts several there at once, and only the last of them was judged and could be read as the branch.
 */
export type LandingOf = (commit: Sha) => Promise<Sha>;

/** A longer pull request is not followed commit by commit: each costs a call, and GitHub lists no more of them either. */
const mostTogether = 250;

/**
 * Commits land together where one pull request brought each of them, up to the commit that GitHub names as its merge. What
 * several claim landed with the earliest; what none does landed by itself.
 * @param line Oldest first, up to the tip: that landed, whoever brought it.
 */
export function landings(line: readonly Sha[], merged: MergedPullRequests): LandingOf {
  const places = new Map(line.map((sha, place) => [sha, place]));
  const isOf = async (commit: Sha, number: number): Promise<boolean> => (await merged(commit)).some((facts) => facts.number === number);
  const isTogether = async (commits: readonly Sha[], number: number): Promise<boolean> => {
    for (const commit of commits) if (!(await isOf(commit, number))) return false;
    return true;
  };
  return async (commit) => {
    const own = places.get(commit);
    if (own === undefined || own === line.length - 1) return commit;
    const ends = (await merged(commit)).flatMap(({ number, mergeCommit, head }) => {
      const end = places.get(mergeCommit ?? head) ?? -1;
      return end < own || end - own >= mostTogether ? [] : [{ number, end }];
    });
    for (const { number, end } of ends.toSorted((a, b) => a.end - b.end)) {
      if (await isTogether(line.slice(own + 1, end + 1), number)) return line[end] ?? commit;
    }
    return commit;
  };
}
