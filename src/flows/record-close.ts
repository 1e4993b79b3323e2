import type { RepositoryRef } from '../domain/repository.ts';
import { evaluateJob } from './job-requests.ts';
import { recordPushJob } from './job-requests.ts';
import { pullRequestSubject } from '../domain/subject.ts';
import type { FlowPorts } from './flow-ports.ts';
import { rememberPullRequest } from './remember-pull-request.ts';

export interface CloseToRecord {
  readonly repository: RepositoryRef;
  readonly number: number;
}

/** A closed pull request decides nothing any more: others with its head are judged again, and a merge is looked for on its base. */
export async function recordClose(ports: FlowPorts, { repository, number }: CloseToRecord): Promise<void> {
  const facts = await ports.github.repository(repository).pullRequest(number);
  if (facts === null || facts.state === 'open') return;
  await ports.store.transaction(async (transaction) => {
    await rememberPullRequest(transaction, { repository, facts, authorCanWrite: false });
    await transaction.withdrawDecisions(repository.id, pullRequestSubject(number));
    for (const other of await transaction.openPullRequestsAt(repository.id, facts.head)) {
      await transaction.enqueue(evaluateJob(repository, other.facts.number));
    }
    if (facts.state === 'merged') await transaction.enqueue(recordPushJob(repository, `refs/heads/${facts.baseBranch}`));
  });
}
