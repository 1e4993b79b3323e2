import type { Sha } from '../domain/tree.ts';
import type { GitHubRepository } from './ports/github-repository.ts';
import type { PullRequestOfCommit } from './ports/pull-request-facts.ts';

/**
 * The merged pull requests that brought a commit: those into one branch; where there is none those into others, from which the
 * branch was made or to which it was put forward.
 */
export type MergedPullRequests = (commit: Sha) => Promise<readonly PullRequestOfCommit[]>;

/** Asks GitHub once for each commit. */
export function mergedPullRequests(github: Pick<GitHubRepository, 'pullRequestsOf'>, branch: string): MergedPullRequests {
  const known = new Map<Sha, Promise<readonly PullRequestOfCommit[]>>();
  const read = async (commit: Sha): Promise<readonly PullRequestOfCommit[]> => {
    const merged = (await github.pullRequestsOf(commit)).filter(({ state }) => state === 'merged');
    const into = merged.filter(({ baseBranch }) => baseBranch === branch);
    return into.length > 0 ? into : merged;
  };
  return (commit) => {
    const reading = known.get(commit) ?? read(commit);
    known.set(commit, reading);
    return reading;
  };
}

/** The commit with which a merged pull request came onto its base. */
export function landingCommit({ mergeCommit, head }: PullRequestOfCommit): Sha {
  return mergeCommit ?? head;
}
