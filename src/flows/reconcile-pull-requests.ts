import { failureOf } from '../domain/failure.ts';
import { fullNameOf } from '../domain/repository.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import { evaluateJob } from './check-effects.ts';
import { reconcileJob, recordCloseJob } from './job-requests.ts';
import type { GitHubApp, Log, PullRequestFacts, Store, StoreTransaction } from './ports.ts';

export interface ReconcilePorts {
  readonly store: Pick<Store, 'transaction'>;
  readonly github: Pick<GitHubApp, 'repository' | 'repositories'>;
  readonly log: Log;
}

/**
 * Finds what no event told: open pull requests whose head has no decision of ours, and pull requests that we take for open with a
 * head that others share. Events alone can never be complete: GitHub does not send those above 25 MB, and keeps failed ones for three days.
 */
export async function reconcilePullRequests(ports: ReconcilePorts, repository: RepositoryRef): Promise<void> {
  const open = await ports.github.repository(repository).openPullRequests();
  const numbers = new Set(open.map((facts) => facts.number));
  const found = await ports.store.transaction(async (transaction) => {
    let jobs = 0;
    for (const facts of open) jobs += await reconcileOne(transaction, repository, facts, numbers);
    return jobs;
  });
  if (found > 0) ports.log.warn('pull requests found that no event told of', { repository: fullNameOf(repository), jobs: found });
}

async function reconcileOne(transaction: StoreTransaction, repository: RepositoryRef, facts: PullRequestFacts, open: ReadonlySet<number>): Promise<number> {
  const decided = await transaction.decisionAbout(repository.id, `pull-request:${facts.number}`, facts.head);
  const record = await transaction.pullRequestRecord(repository.id, facts.number);
  // Where nothing is governed there is no decision, but the pull request was looked at: it stands with this head and base.
  const isSeen = decided !== null || (record?.facts.head === facts.head && record.facts.baseBranch === facts.baseBranch && record.facts.state === 'open');
  const gone = (await transaction.openPullRequestsAt(repository.id, facts.head)).filter((one) => !open.has(one.facts.number));
  if (!isSeen) await transaction.enqueue(evaluateJob(repository, facts.number));
  for (const one of gone) await transaction.enqueue(recordCloseJob(repository, one.facts.number));
  return (isSeen ? 0 : 1) + gone.length;
}

/** Enqueues one job per repository that the App can see, so that they are done side by side and each is retried by itself. */
export async function reconcileRepositories(ports: ReconcilePorts, signal: AbortSignal): Promise<void> {
  try {
    for await (const repository of ports.github.repositories()) {
      signal.throwIfAborted();
      await ports.store.transaction((transaction) => transaction.enqueue(reconcileJob(repository)));
    }
  } catch (thrown) {
    if (signal.aborted) throw signal.reason;
    throw failureOf(thrown, 'GITHUB_UNAVAILABLE');
  }
}
