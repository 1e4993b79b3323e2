import type { Person } from '../domain/effect.ts';
import type { MendRefusal } from '../domain/mend-outcome.ts';
import type { Sha } from '../domain/tree.ts';
import type { GitHubRepository } from './ports/github-repository.ts';
import type { PullRequestHead } from './ports/pull-request-facts.ts';

export interface WantedCommit {
  readonly repositoryId: number;
  /** As read just now; null when there is no such pull request. */
  readonly now: PullRequestHead | null;
  readonly head: Sha;
  readonly askedBy: Person;
}

/** Why nothing may be committed at this moment; null when it may. The role is read live: who lost it a second ago has lost it. */
export async function refusalToCommit(github: GitHubRepository, { repositoryId, now, head, askedBy }: WantedCommit): Promise<MendRefusal | null> {
  const role = await roleOf(github, askedBy.login);
  if (role !== 'write') return { kind: role };
  if (now === null || now.state !== 'open') return { kind: 'closed' };
  if (now.repositoryId !== repositoryId) return { kind: 'fork' };
  return now.head === head ? null : { kind: 'moved' };
}

async function roleOf(github: GitHubRepository, login: string): Promise<'write' | 'not_allowed' | 'role_unreadable'> {
  try {
    return (await github.canWrite(login)) ? 'write' : 'not_allowed';
  } catch {
    return 'role_unreadable';
  }
}
