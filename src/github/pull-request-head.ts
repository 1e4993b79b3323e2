import type { PullRequestHead } from '../flows/ports/pull-request-facts.ts';
import { optionalNumberAt, shaAt, textAt, valueAt } from './answer.ts';
import { stateOf } from './pull-request-facts.ts';
import type { RepositoryCalls } from './repository-calls.ts';

const query = `query($owner: String!, $name: String!, $number: Int!) {
  repository(owner: $owner, name: $name) { pullRequest(number: $number) { state headRefName headRefOid headRepository { databaseId } } } }`;

/** Null when there is no pull request of that number. */
export async function readPullRequestHead(calls: RepositoryCalls, number: number): Promise<PullRequestHead | null> {
  const node = valueAt(await calls.query(query, { number }), ['pullRequest']);
  if (node === null || node === undefined) return null;
  return {
    state: stateOf(textAt(node, ['state'])),
    branch: textAt(node, ['headRefName']),
    head: shaAt(node, ['headRefOid']),
    repositoryId: optionalNumberAt(node, ['headRepository', 'databaseId']),
  };
}
