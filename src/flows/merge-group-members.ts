import type { QueuedPullRequest } from '../domain/people/queued-pull-request.ts';
import type { Sha } from '../domain/tree.ts';
import type { GitHubRepository } from './ports/github-repository.ts';
import type { PullRequestFacts } from './ports/pull-request-facts.ts';

export interface GroupToResolve {
  readonly headSha: Sha;
  readonly headRef: string;
  readonly baseSha: Sha;
  readonly baseBranch: string;
}

/**
 * Open pull requests that a merge group brings: by the queue, which knows them however they are merged, else those whose
 * head the group leads to. Null when none can be proven: then nobody is known to stand behind the group.
 */
export async function mergeGroupMembers(github: GitHubRepository, group: GroupToResolve): Promise<readonly PullRequestFacts[] | null> {
  const [all, queue] = await Promise.all([github.openPullRequests(), github.mergeQueue(group.baseBranch)]);
  const open = all.filter((one) => one.baseBranch === group.baseBranch);
  const queued = queue === null ? null : queuedIn(queue, group);
  if (queued === null) return ancestorsAmong(github, open, group);
  const members = queued.flatMap((number) => open.find((one) => one.number === number) ?? []);
  return members.length === queued.length ? members : null;
}

/**
 * From the first entry that begins at the group's base to the one that ends at its head, each beginning where one before it
 * ended, or at the base; and the group is named for the last. Null when the queue does not show that, or no longer.
 */
function queuedIn(queue: readonly QueuedPullRequest[], group: GroupToResolve): readonly number[] | null {
  const first = queue.findIndex(({ base }) => base === group.baseSha);
  const last = queue.findIndex(({ head }) => head === group.headSha);
  if (first === -1 || last < first) return null;
  const members = queue.slice(first, last + 1);
  const ends = new Set<Sha | null>([group.baseSha]);
  for (const { base, head } of members) {
    if (base === null || head === null || !ends.has(base)) return null;
    ends.add(head);
  }
  const named = /\/pr-(\d+)-[0-9a-f]{40,64}$/.exec(group.headRef)?.[1];
  return named === undefined || members.at(-1)?.number === Number(named) ? members.map(({ number }) => number) : null;
}

/** A head that the base has already is not brought by the group. */
async function ancestorsAmong(github: GitHubRepository, open: readonly PullRequestFacts[], group: GroupToResolve): Promise<readonly PullRequestFacts[] | null> {
  const isBrought = await Promise.all(open.map(async (one) => (await github.isAncestor(one.head, group.headSha)) && !(await github.isAncestor(one.head, group.baseSha))));
  const members = open.filter((_one, index) => isBrought[index] === true);
  return members.length > 0 && (await areAll(github, members, group)) ? members : null;
}

/** Whether each commit that the group puts on the base merges one of them: a copy of somebody else's work, rebased or squashed, merges nobody. */
async function areAll(github: GitHubRepository, members: readonly PullRequestFacts[], group: GroupToResolve): Promise<boolean> {
  const { commits } = await github.history(group.headSha, { limit: members.length + 1 });
  const end = commits.findIndex(({ sha }) => sha === group.baseSha);
  if (end === -1) return false;
  const isMerge = commits.slice(0, end).map(async ({ sha, parent }) => {
    const brought = await Promise.all(members.map(async ({ head }) => (await github.isAncestor(head, sha)) && !(parent !== null && (await github.isAncestor(head, parent)))));
    return brought.includes(true);
  });
  return (await Promise.all(isMerge)).every(Boolean);
}
