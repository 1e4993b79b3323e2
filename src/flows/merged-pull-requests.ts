import type { Sha } from '../domain/tree.ts';
import type { GitHubRepository, PullRequestFacts } from './ports.ts';

/** The pull requests merged into one branch that brought a commit. */
export type MergedPullRequests = (commit: Sha) => Promise<readonly PullRequestFacts[]>;

/** Asks GitHub once for each commit and each pull request. */
export function mergedPullRequests(github: Pick<GitHubRepository, 'pullRequestsOf' | 'pullRequest'>, branch: string): MergedPullRequests {
  const pullRequest = once((number: number) => github.pullRequest(number));
  return once(async (commit) => (await Promise.all((await github.pullRequestsOf(commit)).map(pullRequest))).filter((facts) => isMergedInto(facts, branch)));
}

/** GitHub also names open pull requests that hold the commit, and those that brought it to another branch. */
function isMergedInto(facts: PullRequestFacts | null, branch: string): facts is PullRequestFacts {
  return facts !== null && facts.state === 'merged' && facts.baseBranch === branch;
}

function once<Asked, Answer>(read: (asked: Asked) => Promise<Answer>): (asked: Asked) => Promise<Answer> {
  const known = new Map<Asked, Promise<Answer>>();
  return (asked) => {
    const reading = known.get(asked) ?? read(asked);
    known.set(asked, reading);
    return reading;
  };
}
