import type { RepositoryRef } from '../domain/repository.ts';
import type { Sha } from '../domain/tree.ts';
import { evaluateJob } from './job-requests.ts';
import type { FlowPorts } from './flow-ports.ts';

/** A re-request names a head, for a fork without its pull requests: find every open one with that head. */
export async function evaluateHead(ports: FlowPorts, { repository, head }: { readonly repository: RepositoryRef; readonly head: Sha }): Promise<void> {
  const open = await ports.github.repository(repository).openPullRequests();
  await ports.store.transaction(async (transaction) => {
    for (const facts of open) if (facts.head === head) await transaction.enqueue(evaluateJob(repository, facts.number));
  });
}
