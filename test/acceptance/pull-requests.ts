import type { RepositoryRef } from '../../src/domain/repository.ts';
import type { Json } from '../github/json.ts';
import type { GitHubServer } from '../github/start-github.ts';

/** All of a repository, whatever became of them. */
export async function pullRequests(github: GitHubServer, { owner, name }: RepositoryRef): Promise<readonly Json[]> {
  const answer = await fetch(`${github.url}/repos/${owner}/${name}/pulls?state=all`, { headers: { authorization: 'token token-of-alice' } });
  const all: readonly Json[] = JSON.parse(await answer.text());
  return all;
}
