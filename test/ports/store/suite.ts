import { after, before, beforeEach, describe } from 'node:test';
import type { AuditDraft } from '../../../src/audit/entry.ts';
import type { RepositoryRef } from '../../../src/domain/repository.ts';
import type { EvaluationRecord } from '../../../src/domain/evaluation-record.ts';
import type { DecisionRecord, PullRequestRecord } from '../../../src/flows/ports/decision-store.ts';
import type { JobRequest, LeasedJob } from '../../../src/flows/ports/job-queue.ts';
import type { PullRequestFacts } from '../../../src/flows/ports/pull-request-facts.ts';
import type { Store } from '../../../src/flows/ports/store.ts';
import { aDecision } from '../../builders/decision-builder.ts';
import { aFittingDraft } from '../../builders/fitting-drafts.ts';
import { fakeClock } from '../../fakes/fake-clock.ts';
import type { FakeClock } from '../../fakes/fake-clock.ts';

/** A store that all tests of one suite share, with ids of its own for each of them. */
export interface SuiteStore {
  readonly store: Store;
  readonly clock: FakeClock;
}

export type OpenStore = (clock: FakeClock) => Promise<Store>;

/** Opens one store for all tests of the suite that stands around this, and closes it after the last. */
export function aSuite(open: OpenStore): SuiteStore {
  const clock = fakeClock();
  let opened: Store | null = null;
  before(async () => {
    opened = await open(clock);
  });
  after(() => opened?.close());
  return {
    clock,
    get store() {
      if (opened === null) throw new Error('the store is not open yet');
      return opened;
    },
  };
}

/** Tests of one part of the port. Each begins with an empty queue. */
export function describeStore(title: string, suite: SuiteStore, tests: (suite: SuiteStore) => void): void {
  describe(title, () => {
    beforeEach(() => drain(suite.store));
    tests(suite);
  });
}

export async function drain(store: Store): Promise<void> {
  for (;;) {
    const jobs = await store.queue.lease({ owner: 'drain', now: new Date('2100-01-01T00:00:00Z'), until: new Date('2100-01-02T00:00:00Z'), limit: 1_000 });
    if (jobs.length === 0) return;
    for (const job of jobs) await store.queue.complete(job, new Date('2100-01-01T00:00:00Z'));
  }
}

let lastId = 1_000;

/** An id that no other test of this process has. */
export function freshId(): number {
  lastId += 1;
  return lastId;
}

export function aRepositoryRef(account = freshId()): RepositoryRef {
  return { account: { id: account, login: `org-${account}`, kind: 'organization' }, installationId: 7, id: freshId(), owner: `org-${account}`, name: 'shop' };
}

export function aJob(input: Partial<JobRequest> & { readonly account?: number } = {}): JobRequest {
  const { account = 0, ...rest } = input;
  return { key: `job-${freshId()}`, kind: 'evaluate', payload: account === 0 ? {} : { repository: { account: { id: account } } }, ...rest };
}

export async function enqueue(store: Store, ...jobs: readonly JobRequest[]): Promise<void> {
  await store.transaction(async (transaction) => {
    for (const job of jobs) await transaction.enqueue(job);
  });
}

/** Leases for a minute, at the suite's time. */
export function lease({ store, clock }: SuiteStore, limit = 10): Promise<readonly LeasedJob[]> {
  const now = clock.now();
  return store.queue.lease({ owner: 'worker', now, until: later(clock, 60_000), limit });
}

/** Leases the one job that is due. */
export async function leaseOne(suite: SuiteStore): Promise<LeasedJob> {
  const [job, ...others] = await lease(suite);
  if (job === undefined || others.length > 0) throw new Error(`leased ${others.length + (job === undefined ? 0 : 1)} jobs, expected one`);
  return job;
}

export function later(clock: FakeClock, milliseconds: number): Date {
  return new Date(clock.now().getTime() + milliseconds);
}

export function aDraft(account: number, input: Partial<AuditDraft> = {}): AuditDraft {
  return aFittingDraft(input.event ?? 'decision.made', { account, repository: { id: 9, name: 'acme/other' }, actor: 'system', rationale: 'because', ...input });
}

export function aPullRequest(repository: RepositoryRef, input: Partial<PullRequestFacts> = {}): PullRequestRecord {
  const facts: PullRequestFacts = {
    number: 1,
    state: 'open',
    title: 'Change it',
    author: 'mira',
    authorId: 15,
    draft: false,
    head: 'c'.repeat(40),
    headRepositoryId: repository.id,
    baseBranch: 'main',
    base: 'b'.repeat(40),
    createdAt: '2026-11-20T11:00:00Z',
    mergeCommit: null,
    ...input,
  };
  return { repository, facts, authorCanWrite: true };
}

export function anEvaluation(repository: RepositoryRef, input: Partial<EvaluationRecord> = {}): EvaluationRecord {
  return { id: `evaluation-${freshId()}`, repository, subject: 'pull-request:1', head: 'c'.repeat(40), rollUp: 'plumbline', startedAt: new Date('2026-11-20T12:00:00Z'), ...input };
}

export function aDecisionRecord(repository: RepositoryRef, input: Partial<DecisionRecord> = {}): DecisionRecord {
  return {
    id: `evaluation-${freshId()}`,
    repository,
    subject: 'pull-request:1',
    entry: 'main',
    baseBranch: 'main',
    decision: aDecision(),
    decidedAt: new Date('2026-11-20T12:00:00Z'),
    ...input,
  };
}
