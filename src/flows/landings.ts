import type { Sha } from '../domain/tree.ts';
import type { FirstParentLine } from './first-parent-line.ts';
import { landingCommit } from './merged-pull-requests.ts';
import type { MergedPullRequests } from './merged-pull-requests.ts';

/**
 * Tells with which commit of a line one landed: the last that was put on the branch in the same go. A rebase merge or a
 * fast-forward puts several there at once, and only the last of them was judged and could be read as the branch.
 */
export type LandingOf = (commit: Sha) => Promise<Sha>;

export interface LineToTell {
  /** Up to the tip: that landed, whoever brought it. */
  readonly line: Pick<FirstParentLine, 'commits'>;
  readonly merged: MergedPullRequests;
}

/** Commits of one pull request that are looked at one by one: each costs a call. What so many have in common the rest is taken to have. */
const mostTogether = 250;

/**
 * Commits land together where one pull request brought each of them, up to the commit that GitHub names as its merge. What
 * several claim landed with the earliest; what none does landed by itself.
 */
export function landings({ line, merged }: LineToTell): LandingOf {
  const commits = line.commits.map(({ sha }) => sha);
  const places = new Map(commits.map((sha, place) => [sha, place]));
  const isOf = async (commit: Sha, number: number): Promise<boolean> => (await merged(commit)).some((one) => one.number === number);
  const isTogether = async (others: readonly Sha[], number: number): Promise<boolean> => {
    for (const commit of others) if (!(await isOf(commit, number))) return false;
    return true;
  };
  return async (commit) => {
    const own = places.get(commit);
    if (own === undefined || own === commits.length - 1) return commit;
    const brought = await merged(commit);
    const ends = brought.flatMap((one) => {
      const end = places.get(landingCommit(one)) ?? -1;
      return end < own ? [] : [{ number: one.number, end }];
    });
    for (const { number, end } of ends.toSorted((a, b) => a.end - b.end)) {
      if (await isTogether(commits.slice(own + 1, Math.min(end, own + mostTogether) + 1), number)) return commits[end] ?? commit;
    }
    return commit;
  };
}
