import type { RepositoryRef } from '../../domain/repository.ts';
import type { FlowPorts } from '../flow-ports.ts';
import { remediateJob } from '../job-requests.ts';

export interface PullToFollow {
  readonly repository: RepositoryRef;
  readonly number: number;
}

/** Somebody pushed to it, or it does not wait to be merged any more: where it is one of ours, its behaviour is looked at. Anybody can open one from a branch of such a name. */
export async function followRemediation({ store }: Pick<FlowPorts, 'store'>, { repository, number }: PullToFollow): Promise<void> {
  await store.transaction(async (transaction) => {
    const remediation = await transaction.remediationOfPull(repository.id, number);
    if (remediation !== null) await transaction.enqueue(remediateJob(repository, remediation.behavior));
  });
}
