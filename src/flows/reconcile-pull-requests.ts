import { failureOf } from '../domain/failure.ts';
import { fullNameOf } from '../domain/repository.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import { pullRequestSubject } from '../domain/subject.ts';
import { evaluateJob, reconcileJob, recordCloseJob } from './job-requests.ts';
import type { Clock } from './ports/clock.ts';
import type { GitHubApp } from './ports/github-app.ts';
import type { JobRequest } from './ports/job-queue.ts';
import type { Log } from './ports/log.ts';
import type { PullRequestFacts } from './ports/pull-request-facts.ts';
import type { Store, StoreTransaction } from './ports/store.ts';

export interface ReconcilePorts {
  readonly store: Pick<Store, 'transaction'>;
  readonly github: Pick<GitHubApp, 'repository' | 'repositories'>;
  readonly clock: Clock;
  readonly log: Log;
}

/** Reconciles one repository. */
export type Reconcile = (repository: RepositoryRef) => Promise<void>;

/**
 * Finds what no event told: open pull requests whose head has no decision of ours, and pull requests that we take for open with a
 * head that others share. Events alone can never be complete: GitHub does not send those above 25 MB, and keeps failed ones for three days.
 */
export function createReconciler(ports: ReconcilePorts): Reconcile {
  const lookedAt: LookedAt = new Map();
  return async (repository) => {
    const open = await ports.github.repository(repository).openPullRequests();
    const numbers = new Set(open.map((facts) => facts.number));
    if (lookedAt.size > mostLookedAt) lookedAt.clear();
    const now = ports.clock.now().getTime();
    const jobs = await ports.store.transaction(async (transaction) => {
      const found: JobRequest[] = [];
      for (const facts of open) found.push(...(await jobsFor(transaction, repository, facts, { numbers, lookedAt, now })));
      for (const job of found) await transaction.enqueue(job);
      return found;
    });
    if (jobs.length > 0) ports.log.warn('pull requests found that no event told of', { repository: fullNameOf(repository), jobs: jobs.map((job) => job.key) });
  };
}

/** Heads that were looked at and left without a decision, and when to look again. */
type LookedAt = Map<string, { readonly waitMs: number; readonly notBefore: number }>;

const hour = 60 * 60_000;
const mostLookedAt = 50_000;

interface Round {
  readonly numbers: ReadonlySet<number>;
  readonly lookedAt: LookedAt;
  readonly now: number;
}

async function jobsFor(transaction: StoreTransaction, repository: RepositoryRef, facts: PullRequestFacts, round: Round): Promise<readonly JobRequest[]> {
  const gone = (await transaction.openPullRequestsAt(repository.id, facts.head)).filter((one) => !round.numbers.has(one.facts.number));
  const closes = gone.map((one) => recordCloseJob(repository, one.facts.number));
  const isDue = await isUndecided(transaction, repository, facts, round);
  return isDue ? [evaluateJob(repository, facts.number), ...closes] : closes;
}

/**
 * A head that was looked at and has no decision is not governed, is being judged, or its job was buried; only the store's own
 * record could tell. It is looked at again after one hour, two, four, at last once a day.
 */
async function isUndecided(transaction: StoreTransaction, repository: RepositoryRef, facts: PullRequestFacts, { lookedAt, now }: Round): Promise<boolean> {
  const key = `${repository.id}:${facts.number}:${facts.head}`;
  if ((await transaction.decisionAbout(repository.id, pullRequestSubject(facts.number), facts.head)) !== null) {
    lookedAt.delete(key);
    return false;
  }
  const record = await transaction.pullRequestRecord(repository.id, facts.number);
  const isKnown = record?.facts.state === 'open' && record.facts.head === facts.head && record.facts.baseBranch === facts.baseBranch;
  if (!isKnown) return true;
  const before = lookedAt.get(key);
  if (before !== undefined && now < before.notBefore) return false;
  const waitMs = Math.min((before?.waitMs ?? hour / 2) * 2, 24 * hour);
  lookedAt.set(key, { waitMs, notBefore: now + waitMs });
  return before !== undefined;
}

/** Enqueues one job per repository that the App can see, so that they are done side by side and each is retried by itself. */
export async function reconcileRepositories(ports: ReconcilePorts, signal: AbortSignal): Promise<void> {
  try {
    for await (const { repository } of ports.github.repositories()) {
      signal.throwIfAborted();
      await ports.store.transaction((transaction) => transaction.enqueue(reconcileJob(repository)));
    }
  } catch (thrown) {
    if (signal.aborted) throw signal.reason;
    throw failureOf(thrown, 'GITHUB_UNAVAILABLE');
  }
}
