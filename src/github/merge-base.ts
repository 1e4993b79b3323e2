import { Failure } from '../domain/failure.ts';
import type { Sha } from '../domain/tree.ts';
import type { ObjectCache } from '../flows/ports.ts';
import { shaAt } from './answer.ts';
import type { LearnedObjects } from './learned-objects.ts';
import type { RepositoryCalls } from './repository-calls.ts';

/** The best common ancestor of two commits, kept for ever: neither changes. */
export async function readMergeBase(calls: RepositoryCalls, cache: ObjectCache, base: Sha, head: Sha): Promise<Sha> {
  if (base === head) return base;
  const key = keyOf(calls, base, head);
  const kept = await cache.find(calls.ref.account.id, key);
  if (kept !== null && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(kept)) return kept;
  const found = await compare(calls, base, head);
  await cache.keep(calls.ref.account.id, key, found);
  return found;
}

/** A commit with what it stands on, as far as that was told. */
export interface CommitWithParents {
  readonly sha: Sha;
  readonly parents: readonly Sha[];
}

/**
 * A base from which a chain of parents leads to the head is the merge base, and nothing has to be asked for it.
 * Where no such chain was told, nothing is learned: whether there is one stays open.
 */
export function learnMergeBase(calls: RepositoryCalls, learned: LearnedObjects, { base, head, commits }: { readonly base: Sha; readonly head: Sha; readonly commits: readonly CommitWithParents[] }): void {
  const parentsOf = new Map(commits.map(({ sha, parents }) => [sha, parents]));
  const reached = new Set([head]);
  for (const commit of reached) for (const parent of parentsOf.get(commit) ?? []) reached.add(parent);
  if (reached.has(base)) learned.learnText(keyOf(calls, base, head), base);
}

function keyOf(calls: RepositoryCalls, base: Sha, head: Sha): string {
  return `merge-base:${calls.ref.id}:${base}...${head}`;
}

/** Whether one commit is reachable from the other. Commits without common history are not. */
export async function readIsAncestor(calls: RepositoryCalls, cache: ObjectCache, ancestor: Sha, descendant: Sha): Promise<boolean> {
  try {
    return (await readMergeBase(calls, cache, ancestor, descendant)) === ancestor;
  } catch (thrown) {
    if (thrown instanceof Failure && isUnrelated(thrown)) return false;
    throw thrown;
  }
}

async function compare(calls: RepositoryCalls, base: Sha, head: Sha): Promise<Sha> {
  try {
    // The list of files stands on the first page only: the second is small.
    const { body } = await calls.read('/compare/{basehead}', { basehead: `${base}...${head}`, per_page: 1, page: 2 });
    return shaAt(body, ['merge_base_commit', 'sha']);
  } catch (thrown) {
    if (!(thrown instanceof Failure) || thrown.code !== 'NOT_FOUND') throw thrown;
    throw new Failure('SNAPSHOT_UNREADABLE', `Cannot find the merge base of ${base} and ${head}: ${thrown.message}`, { cause: thrown });
  }
}

/** GitHub's words for two commits that exist and share no history. */
function isUnrelated(failure: Failure): boolean {
  return failure.code === 'SNAPSHOT_UNREADABLE' && failure.message.includes('No common ancestor');
}
