import { readBranchName } from '../../domain/remediation/branch-name.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import type { FlowPorts } from '../flow-ports.ts';
import { remediateJob } from '../job-requests.ts';

export interface PullToFollow {
  readonly repository: RepositoryRef;
  /** Of the repository itself, which it comes from. */
  readonly branch: string;
}

/**
 * Somebody pushed to a pull request or opened it again, or it does not wait to be merged any more: where its branch is named as one of ours,
 * whether or not our record knows the pull request, its behaviour is looked at, and the remediation also where it was at rest, or a look that
 * began before finds it so. Whoever can push can name a branch so: all that comes of it is a look.
 */
export async function followRemediation({ store }: Pick<FlowPorts, 'store'>, { repository, branch }: PullToFollow): Promise<void> {
  const named = readBranchName(branch);
  if (named === null) return;
  await store.transaction(async (transaction) => {
    const remediation = await transaction.remediationNamed(repository.id, named.prefix);
    if (remediation === null) return;
    await transaction.countStep({ repositoryId: repository.id, fingerprint: remediation.fingerprint });
    await transaction.enqueue(remediateJob(repository, remediation.behavior));
  });
}
