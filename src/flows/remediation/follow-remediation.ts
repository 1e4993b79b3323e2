import type { RepositoryRef } from '../../domain/repository.ts';
import type { FlowPorts } from '../flow-ports.ts';
import { remediateJob } from '../job-requests.ts';

export interface PullToFollow {
  readonly repository: RepositoryRef;
  readonly number: number;
}

/**
 * Somebody pushed to it or opened it again, or it does not wait to be merged any more: where it is one of ours, its behaviour is looked at,
 * and the remediation also where it was at rest, or a look that began before finds it so. Anybody can open one from a branch of such a name.
 */
export async function followRemediation({ store }: Pick<FlowPorts, 'store'>, { repository, number }: PullToFollow): Promise<void> {
  await store.transaction(async (transaction) => {
    const remediation = await transaction.remediationOfPull(repository.id, number);
    if (remediation === null) return;
    await transaction.countStep({ repositoryId: repository.id, fingerprint: remediation.fingerprint });
    await transaction.enqueue(remediateJob(repository, remediation.behavior));
  });
}
