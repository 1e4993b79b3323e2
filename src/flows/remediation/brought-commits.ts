import type { Sha } from '../../domain/tree.ts';
import { landingCommit, mergedPullRequests } from '../merged-pull-requests.ts';
import type { GitHubRepository } from '../ports/github-repository.ts';

/** What a merged pull request put onto its base: all between two commits of the base's first-parent line. */
export interface BroughtCommits {
  /** The base right before it. */
  readonly since: Sha;
  /** With which the last of it came. */
  readonly last: Sha;
}

/** More commits than that are no remediation of ours as we left it. */
export const mostBrought = 50;

/**
 * A merge and a squash bring one commit, a rebase those of the pull request one by one: that one brought each of them is asked of GitHub,
 * the newest first. Null where there are too many, or nothing stood before them.
 */
export async function broughtCommits(github: Pick<GitHubRepository, 'history' | 'pullRequestsOf'>, { number, last, branch }: { readonly number: number; readonly last: Sha; readonly branch: string }): Promise<BroughtCommits | null> {
  const { commits } = await github.history(last, { limit: mostBrought + 1 });
  const merged = mergedPullRequests(github, branch);
  const isOfIt = async (commit: Sha): Promise<boolean> => (await merged(commit)).some((one) => one.number === number && landingCommit(one) === last);
  let since = commits[0]?.parent ?? null;
  for (const { sha, parent } of commits.slice(1)) {
    if (!(await isOfIt(sha))) return since === null ? null : { since, last };
    since = parent;
  }
  // Where history ends before the bound, all of it is of the pull request.
  return since === null || commits.length > mostBrought ? null : { since, last };
}
