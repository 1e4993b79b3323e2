import { Failure } from '../../domain/failure.ts';
import type { RefusalCause } from '../../domain/refusal.ts';
import { fullNameOf } from '../../domain/repository.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import type { FlowPorts } from '../flow-ports.ts';
import type { GitHubRepository } from '../ports/github-repository.ts';
import type { Store } from '../ports/store.ts';
import { forgetRepository } from './forget-repository.ts';

interface LeavingPorts {
  readonly store: Pick<Store, 'transaction'>;
  readonly github: { repository(ref: RepositoryRef): Pick<GitHubRepository, 'defaultBranch'> };
  readonly log: FlowPorts['log'];
}

/**
 * Leaves a repository alone that GitHub says is archived, or does not show any more: it was deleted, or transferred away. Nothing is scanned or planned there
 * until a listing shows it again. That something was not found may be about that alone: then the repository is asked for.
 * @returns Whether it was left. @throws Failure where that can not be told.
 */
export async function leaveRepository({ store, github, log }: LeavingPorts, repository: RepositoryRef, cause: RefusalCause | null): Promise<boolean> {
  const isLost = cause === 'archived' || ((cause === 'not_found' || cause === 'disabled') && (await isGone(github.repository(repository))));
  if (!isLost) return false;
  await store.transaction((transaction) => forgetRepository(transaction, repository));
  log.warn('repository left alone: GitHub says that it is archived or gone', { repository: fullNameOf(repository), cause });
  return true;
}

async function isGone(github: Pick<GitHubRepository, 'defaultBranch'>): Promise<boolean> {
  try {
    await github.defaultBranch();
    return false;
  } catch (thrown) {
    if (thrown instanceof Failure && thrown.code === 'NOT_FOUND') return true;
    throw thrown;
  }
}
