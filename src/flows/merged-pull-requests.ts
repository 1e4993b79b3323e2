import { Failure } from '../domain/failure.ts';
import type { Sha } from '../domain/tree.ts';
import type { GitHubRepository, PullRequestOfCommit } from './ports.ts';

/**
 * The merged pull requests that brought a commit: those into one branch; where there is none those into others, from which the
 * branch was made or to which it was put forward.
 */
export type MergedPullRequests = (commit: Sha) => Promise<readonly PullRequestOfCommit[]>;

/**
 * Asks GitHub once for each commit.
 * @param line Commits of the branch. A pull request into it whose head stands there was merged: until GitHub says so nothing is known.
 * @throws Failure GITHUB_UNAVAILABLE, by which it is asked again later.
 */
export function mergedPullRequests(github: Pick<GitHubRepository, 'pullRequestsOf'>, branch: string, line: readonly Sha[]): MergedPullRequests {
  const known = new Map<Sha, Promise<readonly PullRequestOfCommit[]>>();
  const heads = new Set(line);
  const read = async (commit: Sha): Promise<readonly PullRequestOfCommit[]> => {
    const all = await github.pullRequestsOf(commit);
    const late = all.find(({ state, baseBranch, head }) => state === 'open' && baseBranch === branch && heads.has(head));
    if (late !== undefined) throw new Failure('GITHUB_UNAVAILABLE', `Cannot tell how ${commit} came onto ${branch}: pull request #${late.number} is still open although its head ${late.head} stands there, expected it merged. It is asked again; if it stays so, close the pull request.`);
    const merged = all.filter(({ state }) => state === 'merged');
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
