import { Failure } from '../domain/failure.ts';
import type { Sha } from '../domain/tree.ts';
import type { FirstParentCommit, HistoryPage } from '../flows/ports/object-source.ts';
import { listAt, optionalShaAt, shaAt } from './answer.ts';
import type { RepositoryCalls } from './repository-calls.ts';

/** Calls for one page of history. What is not reached is asked for by the next page. */
const mostCalls = 20;

/** First-parent history. GitHub lists all ancestors: the chain is followed through each list, then asked for from where it left it. */
export async function readHistory(calls: RepositoryCalls, from: Sha, limit: number): Promise<HistoryPage> {
  const commits: FirstParentCommit[] = [];
  let next: Sha | null = from;
  for (let call = 0; call < mostCalls && next !== null && commits.length < limit; call += 1) {
    const listed = await listFrom(calls, next);
    for (let commit = listed.get(next); commit !== undefined && commits.length < limit; commit = next === null ? undefined : listed.get(next)) {
      commits.push(commit);
      next = commit.parent;
    }
  }
  return { commits, next };
}

async function listFrom(calls: RepositoryCalls, from: Sha): Promise<ReadonlyMap<Sha, FirstParentCommit>> {
  const { body } = await calls.read('/commits', { sha: from, per_page: 100 });
  const listed = new Map(listAt(body, []).map((item) => [shaAt(item, ['sha']), commitOf(item)]));
  if (listed.has(from)) return listed;
  throw new Failure('SNAPSHOT_UNREADABLE', `Cannot read the history of ${from}: GitHub's list does not hold it, expected it first`);
}

function commitOf(item: unknown): FirstParentCommit {
  return { sha: shaAt(item, ['sha']), parent: optionalShaAt(item, ['parents', 0, 'sha']), tree: shaAt(item, ['commit', 'tree', 'sha']) };
}
