import { Failure } from '../domain/failure.ts';
import type { Sha } from '../domain/tree.ts';
import type { ObjectCache } from '../flows/ports/object-cache.ts';
import { listAt, numberAt, shaAt } from './answer.ts';
import type { LearnedObjects } from './learned-objects.ts';
import { provenMergeBase } from './proven-merge-base.ts';
import type { Parents } from './proven-merge-base.ts';
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

/** Members of a commit in a query: its name and what it stands on. */
export const parentsPart = 'oid parents(first: 2) { totalCount nodes { oid } }';

/** In a query of the base's tip: what came to it last. What came before a pull request began is not needed. */
export const newestPart = `history(first: 50) { nodes { ${parentsPart} } }`;

/** What commits told with `parentsPart` stand on. One with more parents than were told is left out: its ways are not all known. */
export function parentsIn(commits: readonly unknown[]): Parents {
  const told = commits.map((commit) => ({ sha: shaAt(commit, ['oid']), count: numberAt(commit, ['parents', 'totalCount']), parents: listAt(commit, ['parents', 'nodes']).map((parent) => shaAt(parent, ['oid'])) }));
  return new Map(told.flatMap(({ sha, count, parents }) => (parents.length === count ? [[sha, parents] as const] : [])));
}

/** Where what was told of base and head proves their merge base, nothing has to be asked for it. Else nothing is learned: which one it is stays open. */
export function learnMergeBase(calls: RepositoryCalls, learned: LearnedObjects, { base, head, parents }: { readonly base: Sha; readonly head: Sha; readonly parents: Parents }): void {
  const proven = provenMergeBase(base, head, parents);
  if (proven !== null) learned.learnText(keyOf(calls, base, head), proven);
}

function keyOf(calls: RepositoryCalls, base: Sha, head: Sha): string {
  return `merge-base:${calls.ref.id}:${base}...${head}`;
}

/** Whether one commit is reachable from the other. Commits without common history are not. */
export async function readIsAncestor(calls: RepositoryCalls, cache: ObjectCache, ancestor: Sha, descendant: Sha): Promise<boolean> {
  try {
    return (await readMergeBase(calls, cache, ancestor, descendant)) === ancestor;
  } catch (thrown) {
    if (isUnrelated(thrown)) return false;
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
export function isUnrelated(thrown: unknown): boolean {
  return thrown instanceof Failure && thrown.code === 'SNAPSHOT_UNREADABLE' && thrown.message.includes('No common ancestor');
}

/** Whether a merge base was not told because GitHub has one of the commits nowhere. */
export function isUnknownCommit(thrown: unknown): boolean {
  return thrown instanceof Failure && thrown.code === 'SNAPSHOT_UNREADABLE' && thrown.cause instanceof Failure && thrown.cause.code === 'NOT_FOUND' && !isUnrelated(thrown);
}
