import type { Effect } from '../domain/effect.ts';
import { Failure } from '../domain/failure.ts';
import type { Sha } from '../domain/tree.ts';
import { listAt, numberAt, optionalTextAt } from './answer.ts';
import { forEachItem } from './pages.ts';
import type { RepositoryCalls } from './repository-calls.ts';

/** Made at this commit, or there already: GitHub answers 422 for both a taken name and a bad one, so what stands is read. @returns Whether the App may. */
export async function createBranch(calls: RepositoryCalls, branch: string, at: Sha): Promise<boolean> {
  try {
    await calls.createRef(`refs/heads/${branch}`, at);
    return true;
  } catch (thrown) {
    if (!(thrown instanceof Failure) || thrown.code !== 'GITHUB_REFUSED') throw thrown;
    const { body } = await calls.read('/git/matching-refs/{ref}', { ref: `heads/${branch}` });
    return listAt(body, []).some((item) => optionalTextAt(item, ['ref']) === `refs/heads/${branch}`);
  }
}

/** Numbers of those from this branch of the repository itself that an App opened, in any state: nobody else's fork is among them. */
export async function appsPullRequests(calls: RepositoryCalls, branch: string): Promise<readonly number[]> {
  const numbers: number[] = [];
  await forEachItem((page) => calls.read('/pulls', { head: `${calls.ref.owner}:${branch}`, state: 'all', ...page }), [], (item) => {
    if (isByApp(item, branch)) numbers.push(numberAt(item, ['number']));
  });
  return numbers;
}

/** The newest one from this branch of the repository that an App opened: people may open one from a branch of this name too. */
export async function findOwnPullRequest(calls: RepositoryCalls, branch: string, base: string): Promise<number | null> {
  const { body } = await calls.read('/pulls', { head: `${calls.ref.owner}:${branch}`, base, state: 'all', per_page: 100 });
  const ours = listAt(body, []).find((item) => isByApp(item, branch));
  return ours === undefined ? null : numberAt(ours, ['number']);
}

function isByApp(item: unknown, branch: string): boolean {
  return optionalTextAt(item, ['user', 'type']) === 'Bot' && optionalTextAt(item, ['head', 'ref']) === branch;
}

type PullRequestToOpen = Pick<Extract<Effect, { kind: 'pull-request' }>, 'branch' | 'base' | 'title' | 'text'>;

export async function openPullRequest(calls: RepositoryCalls, wanted: PullRequestToOpen): Promise<number> {
  return numberAt(await createPullRequest(calls, wanted), ['number']);
}

/** The pull request as GitHub answers it, with its number. */
export async function createPullRequest(calls: RepositoryCalls, { branch, base, title, text }: PullRequestToOpen): Promise<unknown> {
  const { body } = await calls.create('/pulls', { head: branch, base, title, body: text, maintainer_can_modify: false });
  try {
    numberAt(body, ['number']);
    return body;
  } catch (thrown) {
    throw new Failure('GITHUB_AMBIGUOUS', `Cannot tell the number of the pull request from ${branch}: an answer without it, expected a number`, { cause: thrown });
  }
}
