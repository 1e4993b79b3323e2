import type { RepositoryRef } from '../domain/repository.ts';
import { concernedByRun } from './concerned-by-run.ts';
import type { FlowPorts } from './flow-ports.ts';
import { evaluateJob } from './job-requests.ts';
import type { EndedRun } from './job-requests.ts';

/**
 * A check run has ended: what it concerns is judged again, and nothing else. So what it brings about here, our own check runs and what other Apps make of them, never
 * brings about more. One that is judged right now, and found that it had not ended, is tried again by itself.
 */
export async function rejudgeRun({ store }: Pick<FlowPorts, 'store'>, { repository, ...run }: EndedRun & { readonly repository: RepositoryRef }): Promise<void> {
  await store.transaction(async (transaction) => {
    for (const { facts } of await concernedByRun(transaction, repository.id, run, { judged: false })) await transaction.enqueue(evaluateJob(repository, facts.number));
  });
}
