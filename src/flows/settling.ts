import { Failure } from '../domain/failure.ts';
import type { Sha } from '../domain/tree.ts';
import type { Clock } from './ports.ts';

/** Waits for what GitHub may only be about to know of commits. */
export interface Settling {
  /** @throws Failure GITHUB_UNAVAILABLE until the time is over since this was first called for each of them. */
  settle(commits: readonly Sha[]): void;
}

const askAgainMs = 5_000;

/** Beyond them the oldest is forgotten, and waits anew. */
const mostKept = 10_000;

/**
 * Counts from when this process first asked, whatever a commit says of its age and however often its branch is pushed to: who
 * writes there can neither shorten the wait nor draw it out. Another process counts for itself.
 */
export function createSettling(clock: Clock, waitMs: number): Settling {
  const firstAsked = new Map<Sha, number>();
  const since = (commit: Sha, now: number): number => {
    const known = firstAsked.get(commit);
    if (known !== undefined) return known;
    const [oldest] = firstAsked.keys();
    if (firstAsked.size >= mostKept && oldest !== undefined) firstAsked.delete(oldest);
    firstAsked.set(commit, now);
    return now;
  };
  return {
    settle: (commits) => {
      const now = clock.now().getTime();
      const newest = commits.map((commit) => ({ commit, end: since(commit, now) + waitMs })).toSorted((a, b) => b.end - a.end)[0];
      if (newest === undefined || newest.end <= now) return;
      throw new Failure('GITHUB_UNAVAILABLE', `Cannot tell yet how ${newest.commit} came onto its branch: GitHub names no pull request, and it was pushed just now. It is asked again.`, { retryAt: new Date(Math.min(now + askAgainMs, newest.end)) });
    },
  };
}
