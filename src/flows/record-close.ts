import type { RepositoryRef } from '../domain/repository.ts';
import { closeReported } from './calibration/close-reported.ts';
import { evaluateJob, recordPushJob, remediateJob, scanJob } from './job-requests.ts';
import { pullRequestSubject } from '../domain/subject.ts';
import type { FlowPorts } from './flow-ports.ts';
import type { PullRequestFacts } from './ports/pull-request-facts.ts';
import type { StoreTransaction } from './ports/store.ts';
import { rememberPullRequest } from './remember-pull-request.ts';

export interface CloseToRecord {
  readonly repository: RepositoryRef;
  readonly number: number;
}

/** A closed pull request decides nothing any more: others with its head are judged again, and a merge is looked for on its base. */
export async function recordClose(ports: FlowPorts, { repository, number }: CloseToRecord): Promise<void> {
  const facts = await ports.github.repository(repository).pullRequest(number);
  if (facts === null || facts.state === 'open') return;
  await closeReported(ports, { repository, number }, facts);
  await ports.store.transaction(async (transaction) => {
    await rememberPullRequest(transaction, { repository, facts, authorCanWrite: false });
    await transaction.withdrawDecisions(repository.id, pullRequestSubject(number));
    await transaction.saveOpenMatches({ repository, number }, []);
    for (const other of await transaction.openPullRequestsAt(repository.id, facts.head)) {
      await transaction.enqueue(evaluateJob(repository, other.facts.number));
    }
    await lookAtDrift(transaction, repository, facts);
    if (facts.state === 'merged') await transaction.enqueue(recordPushJob(repository, `refs/heads/${facts.baseBranch}`));
  });
}

/** What became of a remediation is known at once: a merge into the branch that is scanned is measured, and a close is a decision. One that was merged elsewhere mends nothing there. */
async function lookAtDrift(transaction: StoreTransaction, repository: RepositoryRef, { number, state, baseBranch }: PullRequestFacts): Promise<void> {
  const remediation = await transaction.remediationOfPull(repository.id, number);
  if (remediation === null) return;
  await transaction.enqueue(remediateJob(repository, remediation.behavior));
  // Others may have waited, since it wrote a file of theirs.
  for (const { record } of await transaction.driftsOf(repository.id)) if (record.standing === 'drift' && record.behavior !== remediation.behavior) await transaction.enqueue(remediateJob(repository, record.behavior));
  const plan = await transaction.scanPlan(repository.id);
  if (state === 'merged' && plan?.branch === baseBranch) await transaction.enqueue(scanJob({ repository, confirming: null }));
}
