import type { Reverted } from '../../domain/calibration/reverted-by.ts';
import { Failure } from '../../domain/failure.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import type { FlowPorts } from '../flow-ports.ts';
import type { GitHubRepository } from '../ports/github-repository.ts';
import { closeReported } from './close-reported.ts';

export interface RevertsToRecord extends Reverted {
  readonly repository: RepositoryRef;
  /** Onto which they were pushed. */
  readonly branch: string;
}

/**
 * What came onto a branch says that it takes something back: that speaks against the agents whose change that was, where it was merged into the same
 * branch. A close that is not recorded yet is recorded first.
 */
export async function recordReverts(ports: Pick<FlowPorts, 'store' | 'github' | 'clock'>, { repository, branch, commits, pullRequests }: RevertsToRecord): Promise<void> {
  const github = ports.github.repository(repository);
  const brought = await Promise.all(commits.map((commit) => broughtBy(github, commit, branch)));
  for (const number of new Set([...pullRequests, ...brought.flat()])) {
    const cases = await ports.store.transaction((transaction) => transaction.confidenceOf(repository.id, number));
    const facts = cases.length === 0 ? null : await github.pullRequest(number);
    if (facts === null || facts.state !== 'merged' || facts.baseBranch !== branch) continue;
    await closeReported(ports, { repository, number }, facts);
    await ports.store.transaction((transaction) => transaction.revertConfidence(repository.id, number, ports.clock.now().toISOString()));
  }
}

/** A commit that GitHub does not know brought nothing: whoever may push can name any. */
async function broughtBy(github: Pick<GitHubRepository, 'pullRequestsOf'>, commit: string, branch: string): Promise<readonly number[]> {
  const pulls = await github.pullRequestsOf(commit).catch((thrown: unknown) => {
    if (thrown instanceof Failure && (thrown.code === 'NOT_FOUND' || thrown.code === 'GITHUB_REFUSED')) return [];
    throw thrown;
  });
  return pulls.filter(({ state, baseBranch }) => state === 'merged' && baseBranch === branch).map(({ number }) => number);
}
