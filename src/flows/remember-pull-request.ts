import { evaluateJob } from './job-requests.ts';
import type { PullRequestRecord } from './ports/decision-store.ts';
import type { StoreTransaction } from './ports/store.ts';

/**
 * Keeps what was just read of a pull request. Where it leaves a head, a base or the open ones behind, it no longer
 * counts there: the others with that head are judged again, since what they show may have been its decision.
 */
export async function rememberPullRequest(transaction: StoreTransaction, record: PullRequestRecord): Promise<void> {
  const { repository, facts } = record;
  const known = await transaction.pullRequestRecord(repository.id, facts.number);
  await transaction.savePullRequest(record);
  if (known === null || !hasLeft(known, record)) return;
  for (const other of await transaction.openPullRequestsAt(repository.id, known.facts.head)) {
    if (other.facts.number !== facts.number) await transaction.enqueue(evaluateJob(repository, other.facts.number));
  }
}

function hasLeft({ facts: before }: PullRequestRecord, { facts: now }: PullRequestRecord): boolean {
  return before.state === 'open' && (now.state !== 'open' || now.head !== before.head || now.baseBranch !== before.baseBranch);
}
