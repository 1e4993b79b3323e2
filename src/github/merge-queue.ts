import { Failure } from '../domain/failure.ts';
import type { QueuedPullRequest } from '../domain/people/queued-pull-request.ts';
import { flagAt, listAt, numberAt, optionalShaAt, valueAt } from './answer.ts';
import type { RepositoryCalls } from './repository-calls.ts';

const query = `query($owner: String!, $name: String!, $branch: String!) {
  repository(owner: $owner, name: $name) { mergeQueue(branch: $branch) { entries(first: 100) {
    pageInfo { hasNextPage } nodes { position baseCommit { oid } headCommit { oid } pullRequest { number } } } } } }`;

/** What waits in the queue of a branch, in its order; null where there is no queue, or the installation may not read it. */
export async function readMergeQueue(calls: RepositoryCalls, branch: string): Promise<readonly QueuedPullRequest[] | null> {
  const entries = valueAt(await nullWhenRefused(() => calls.queryQueue(query, { branch })), ['mergeQueue', 'entries']);
  if (entries === null || entries === undefined) return null;
  if (flagAt(entries, ['pageInfo', 'hasNextPage'])) throw new Failure('GITHUB_REFUSED', 'Cannot read a merge queue: more than 100 pull requests wait in it, expected fewer');
  const waiting = listAt(entries, ['nodes']).toSorted((a, b) => numberAt(a, ['position']) - numberAt(b, ['position']));
  return waiting.map((entry) => ({
    number: numberAt(entry, ['pullRequest', 'number']),
    base: optionalShaAt(entry, ['baseCommit', 'oid']),
    head: optionalShaAt(entry, ['headCommit', 'oid']),
  }));
}

/** An installation made before the App asked for this permission goes on without it. */
async function nullWhenRefused(read: () => Promise<unknown>): Promise<unknown> {
  try {
    return await read();
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === 'GITHUB_REFUSED') return null;
    throw thrown;
  }
}
