import type { AuditDraft, AuditEntry } from '../../audit/entry.ts';
import type { Snapshot } from '../../audit/snapshot.ts';
import type { Digest } from '../../domain/digest.ts';
import type { Effect } from '../../domain/effect.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import type { Sha } from '../../domain/tree.ts';
import type { BundleStore } from './bundle-store.ts';
import type { CommandStore } from './command-store.ts';
import type { ConfidenceStore } from './confidence-store.ts';
import type { ConfigurationStore } from './configuration-store.ts';
import type { EvaluationStore } from './evaluation-store.ts';
import type { IssueStore } from './issue-store.ts';
import type { LeftoverStore } from './leftover-store.ts';
import type { PeopleStore } from './people-store.ts';
import type { RetentionStore } from './retention-store.ts';
import type { ReleaseStore } from './release-store.ts';
import type { RemediationStore } from './remediation-store.ts';
import type { SampleStore } from './sample-store.ts';
import type { ScanStore } from './scan-store.ts';
import type { AuditIndex } from './audit-index.ts';
import type { AuditLog, StoredCheckpoint } from './audit-log.ts';
import type { AuditWatch } from './audit-watch.ts';
import type { DecisionRecord, PullRequestRecord } from './decision-store.ts';
import type { Delivery, DeliveryReceipt, JobQueue, JobRequest } from './job-queue.ts';
import type { ObjectCache } from './object-cache.ts';
import type { ReadLog } from './read-log.ts';
import type { StoreSearch } from './store-search.ts';
import type { UsageStore } from './usage-store.ts';
import type { PendingEffect } from './pending-effect.ts';

/** One unit of work: everything in it stands or nothing does. */
export interface StoreTransaction extends EvaluationStore, PeopleStore, CommandStore, ReleaseStore, ConfigurationStore, RemediationStore, IssueStore, SampleStore, ScanStore, LeftoverStore, BundleStore, RetentionStore, ConfidenceStore, UsageStore {
  /** Keeps a delivery and links it to the jobs that will complete it; without jobs it is `ignored` at once. The body is evidence only, never read again: a store may keep its beginning, or nothing of it. */
  receive(delivery: Delivery, body: Uint8Array, jobs: readonly JobRequest[]): Promise<DeliveryReceipt>;
  enqueue(job: JobRequest): Promise<void>;
  /** Enqueues the job unless one of its key waits or runs: a retry that waits keeps its time. Whether it did. */
  enqueueMissing(job: JobRequest): Promise<boolean>;
  /** Appends to the account's log. A failure here fails the transaction: no effect without its entry. */
  append(draft: AuditDraft): Promise<AuditEntry>;
  /** Keeps snapshots in the account's log, for ever; one that is there already stays as it is. */
  keepSnapshots(account: number, snapshots: readonly Snapshot[]): Promise<void>;
  /** Keeps what was judged beside the account's log; what is there already stays as it is. It is read with the snapshots, and may be erased. */
  keepInputs(account: number, parts: readonly Snapshot[]): Promise<void>;
  /** Those of them that are not kept. */
  lackedInputs(account: number, digests: readonly Digest[]): Promise<readonly Digest[]>;
  /**
   * Keeps a checkpoint of the account's log, so that its entry can be appended in the same transaction. False when this very one stands already.
   * MUST refuse (STORE_INCONSISTENT) a size that is not above the newest checkpoint's, and one beyond the log; AUDIT_BLOCKED while the log is blocked.
   */
  saveCheckpoint(account: number, checkpoint: StoredCheckpoint): Promise<boolean>;
  /** Lifts the block that the account's log has for this reason, so that this transaction can append. False, and nothing changed, when there is none. */
  unblock(account: number, why: string): Promise<boolean>;

  savePullRequest(record: PullRequestRecord): Promise<void>;
  openPullRequestsAt(repositoryId: number, head: Sha): Promise<readonly PullRequestRecord[]>;
  openPullRequestsInto(repositoryId: number, baseBranch: string): Promise<readonly PullRequestRecord[]>;
  openPullRequests(repositoryId: number): Promise<readonly PullRequestRecord[]>;
  /** Of all repositories of an account, by repository id and number, at most `limit` of them; `after` is the last one of the page before. */
  openPullRequestsOfAccount(accountId: number, page: { readonly after: PullRequestRecord | null; readonly limit: number }): Promise<readonly PullRequestRecord[]>;
  pullRequestRecord(repositoryId: number, number: number): Promise<PullRequestRecord | null>;

  saveDecision(record: DecisionRecord): Promise<void>;
  /** The newest decision of each subject and base branch for this entry and head, those of closed or retargeted pull requests too. */
  standingDecisions(repositoryId: number, entry: string, head: Sha): Promise<readonly DecisionRecord[]>;
  /** The newest decision about a subject, whatever its head. */
  newestDecision(repositoryId: number, subject: string): Promise<DecisionRecord | null>;
  decisionAbout(repositoryId: number, subject: string, head: Sha): Promise<DecisionRecord | null>;
  /** The decision that an evaluation ended in. */
  keptDecision(evaluation: string): Promise<DecisionRecord | null>;
  /** How many of the newest decisions about this subject and head lack an answer without a break, and when the run began. */
  unansweredRun(repositoryId: number, subject: string, head: Sha): Promise<{ readonly count: number; readonly since: Date | null }>;
  /** A closed pull request's decisions no longer expire or retry; `standingDecisions` still tells them. */
  withdrawDecisions(repositoryId: number, subject: string): Promise<void>;
  /** Decisions whose validUntil has passed and which still stand for an open pull request. */
  expiredDecisions(now: Date): Promise<readonly DecisionRecord[]>;

  /** Keeps the wanted state; a pending effect with the same key is replaced, an unperformed one of an older evaluation of the same group and name is dropped unless its run is open. */
  request(effects: readonly { readonly effect: Effect; readonly group: string }[], repository: RepositoryRef, evaluation: string): Promise<void>;
  pendingEffects(repositoryId: number, group: string): Promise<readonly PendingEffect[]>;
  /** Groups with an effect that was requested before the instant and is still pending: their job was lost or buried. */
  stalledGroups(before: Date): Promise<readonly { readonly repository: RepositoryRef; readonly group: string }[]>;
  markAttempted(key: string): Promise<void>;
  /** Keeps the external id (for a commit, which has no number, the pull request's); the effect stays pending when a newer revision was requested meanwhile. */
  markPerformed(key: string, externalId: number, revision: number): Promise<void>;
  /** Gives up this revision; a newer one that was requested meanwhile stays pending. */
  markAbandoned(key: string, why: string, revision: number): Promise<void>;
  /** The external id and body digest of what was last performed under this key; null when nothing was. The digest is empty when it can not be told. */
  performedEffect(key: string): Promise<{ readonly externalId: number; readonly bodyDigest: string } | null>;
}

export interface Store {
  /**
   * Runs the work in one transaction. Serialisation conflicts run it again from the start; what it throws rolls back.
   * The work MUST NOT wait for the store itself (queue, cache, audit, another transaction): the embedded store has one session.
   */
  transaction<Result>(work: (transaction: StoreTransaction) => Promise<Result>): Promise<Result>;
  readonly queue: JobQueue;
  readonly cache: ObjectCache;
  readonly audit: AuditLog;
  readonly auditIndex: AuditIndex;
  readonly auditWatch: AuditWatch;
  readonly search: StoreSearch;
  readonly reads: ReadLog;
  /** Whether it answers, for readiness. */
  ping(): Promise<void>;
  /** Drops what has outlived its use: bodies of settled deliveries, effects long performed, cached objects over their bounds. Null: what the time is can not be told, and nothing goes by its age. Safe at any time. */
  prune(now: Date | null): Promise<void>;
  close(): Promise<void>;
}
