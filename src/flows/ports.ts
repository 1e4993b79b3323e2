/**
 * What the flows need from the outside. Adapters in `github/`, `probes/` and `store/` keep these promises;
 * the fakes in `test/fakes/` pass the same suites. Anything an adapter throws is a `Failure`.
 */
import type { AuditDraft, AuditEntry, Opening } from '../audit/entry.ts';
import type { Snapshot } from '../audit/snapshot.ts';
import type { BehaviorQuestion } from '../domain/behavior/behavior-question.ts';
import type { DriftState } from '../domain/behavior/drift-state.ts';
import type { SourceReading } from '../domain/behavior/source-reading.ts';
import type { Digest } from '../domain/digest.ts';
import type { Answer, BlobContent, Evidence, ProbeRequest } from '../domain/evidence.ts';
import type { CheckState, CommitToMake, Effect, Reaction } from '../domain/effect.ts';
import type { Decision } from '../domain/decision.ts';
import type { DeliveryPage } from '../domain/delivery-attempt.ts';
import type { Failure } from '../domain/failure.ts';
import type { IssueComment } from '../domain/issue-comment.ts';
import type { JsonObject } from '../domain/json-value.ts';
import type { Contributors } from '../domain/people/contributor.ts';
import type { Membership } from '../domain/people/membership.ts';
import type { Vote } from '../domain/people/vote.ts';
import type { RecordAnswer, Release } from '../domain/release.ts';
import type { ReleasesOfIds } from '../domain/releases-of-id.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import type { SchemaVersion } from '../domain/schema/schema-version.ts';
import type { ConfigurationSources } from '../domain/snapshot.ts';
import type { Sha, Tree } from '../domain/tree.ts';
import type { CommandStore } from './command-store.ts';
import type { ConfigurationStore } from './configuration-store.ts';
import type { EvaluationStore } from './evaluation-store.ts';
import type { GitHubArtifacts } from './github-artifacts.ts';
import type { GitHubIssues } from './github-issues.ts';
import type { GitHubPeople } from './github-people.ts';
import type { GitHubRemediation } from './github-remediation.ts';
import type { GitHubSettings } from './github-settings.ts';
import type { IssueStore } from './issue-store.ts';
import type { LeftoverStore } from './leftover-store.ts';
import type { PeopleStore } from './people-store.ts';
import type { ReleaseStore } from './release-store.ts';
import type { RemediationStore } from './remediation-store.ts';
import type { SampleStore } from './sample-store.ts';
import type { ScanStore } from './scan-store.ts';

export interface Clock {
  now(): Date;
}

/** Values are fields; messages are constant strings. Never given a secret. */
export interface Log {
  info(message: string, fields?: Readonly<Record<string, unknown>>): void;
  warn(message: string, fields?: Readonly<Record<string, unknown>>): void;
  error(message: string, fields?: Readonly<Record<string, unknown>>): void;
}

// ---------------------------------------------------------------- reading a repository

/** Git objects of one repository, from GitHub or from a local object database. Commits and blobs never change: cache them. */
export interface ObjectSource {
  /** The best common ancestor. MUST throw SNAPSHOT_UNREADABLE when history is too shallow to know. */
  mergeBase(base: Sha, head: Sha): Promise<Sha>;
  /** All paths of a commit. `complete: false` when a limit was met. */
  tree(commit: Sha): Promise<Tree>;
  /** Contents by object name, each verified against its name. A missing one MUST throw, never be left out. */
  blobs(wanted: readonly { readonly blob: Sha; readonly size: number | null }[]): Promise<ReadonlyMap<Sha, BlobContent>>;
  /** What stands at a path of each commit, null where nothing does; in order, batched (GraphQL `object(expression)`, `cat-file --batch-check`). */
  namesAt(wanted: readonly { readonly commit: Sha; readonly path: string }[]): Promise<readonly (NamedObject | null)[]>;
  /** First-parent history, newest first, starting with `from` itself. */
  history(from: Sha, page: { readonly limit: number }): Promise<HistoryPage>;
}

/**
 * Only a `blob` has a file's content. A `link` and a submodule (`commit`) are told for up to four paths in one call;
 * among more a link may be called a blob, and a submodule null.
 */
export interface NamedObject {
  readonly name: Sha;
  readonly kind: 'blob' | 'link' | 'tree' | 'commit';
}

export interface HistoryPage {
  readonly commits: readonly FirstParentCommit[];
  /** Where to go on; null when the root was reached. A shallow boundary MUST throw SNAPSHOT_UNREADABLE. */
  readonly next: Sha | null;
}

export interface FirstParentCommit {
  readonly sha: Sha;
  /** The first; null for a root. */
  readonly parent: Sha | null;
  readonly tree: Sha;
}

export interface PullRequestFacts {
  readonly number: number;
  readonly state: 'open' | 'closed' | 'merged';
  readonly title: string;
  readonly author: string;
  readonly draft: boolean;
  readonly head: Sha;
  readonly headRepositoryId: number | null;
  readonly baseBranch: string;
  /** Tip of the base branch now, not the base recorded when the pull request was opened. */
  readonly base: Sha;
  readonly createdAt: string;
  /** The merge commit, once merged. */
  readonly mergeCommit: Sha | null;
}

/** What tells with which commit another one came onto a branch. */
export type PullRequestOfCommit = Pick<PullRequestFacts, 'number' | 'state' | 'baseBranch' | 'head' | 'mergeCommit'>;

/** What of a pull request a judgement is about: once it is another, so is what has to be judged. */
export type CurrentHead = Pick<PullRequestFacts, 'state' | 'head' | 'baseBranch'>;

/** The head of a pull request as a place to commit to. */
export interface PullRequestHead {
  readonly state: PullRequestFacts['state'];
  readonly branch: string;
  readonly head: Sha;
  /** Null when the repository that it came from is gone. */
  readonly repositoryId: number | null;
}

/**
 * What came of asking for a commit; only `committed` changed anything. `moved`: the branch is not at the expected head.
 * `ungranted`: the App may not write contents. `refused`: GitHub's rules say no, in its words.
 */
export type CommitAnswer =
  | { readonly kind: 'committed'; readonly commit: Sha }
  | { readonly kind: 'moved' }
  | { readonly kind: 'ungranted' }
  | { readonly kind: 'refused'; readonly why: string };

/** One repository on GitHub, through an installation token minted for it with least permissions. */
export interface GitHubRepository extends ObjectSource, GitHubPeople, GitHubArtifacts, GitHubSettings {
  pullRequest(number: number): Promise<PullRequestFacts | null>;
  /** Read anew; null when there is no pull request of that number. */
  headOf(number: number): Promise<PullRequestHead | null>;
  /** Where a pull request stands: as it was told last with `people`, else read anew; null when there is none of that number. */
  currentHead(number: number): Promise<CurrentHead | null>;
  openPullRequests(): Promise<readonly PullRequestFacts[]>;
  defaultBranch(): Promise<string>;
  /** Names of all branches. MUST throw where there are too many to list: a list cut short would hide some. */
  branches(): Promise<readonly string[]>;
  /** Tip of a branch, null when it does not exist. */
  branchTip(branch: string): Promise<Sha | null>;
  /** Whether rules or branch protection require a check of this name, and whether they pin our App; throws when unreadable. */
  requiredCheck(branch: string, name: string): Promise<{ readonly required: boolean; readonly pinned: boolean }>;
  /** Pull requests that hold or brought a commit, whatever their base and state. */
  pullRequestsOf(commit: Sha): Promise<readonly PullRequestOfCommit[]>;
  isAncestor(ancestor: Sha, descendant: Sha): Promise<boolean>;
  /** Of a commit, in their order; null when there is no such commit. */
  parentsOf(commit: Sha): Promise<readonly Sha[] | null>;

  /** Creates a check run; the key becomes its external id. Throws GITHUB_AMBIGUOUS when it may or may not have been created. */
  createCheck(effect: Extract<Effect, { kind: 'check' }>): Promise<number>;
  /** Sets the state. `annotationsFrom` skips those that are already there: GitHub appends. */
  updateCheck(id: number, state: CheckState, annotationsFrom: number): Promise<void>;
  /** Our App's run with this external id at the head, or null. */
  findCheck(head: Sha, name: string, key: string): Promise<{ readonly id: number; readonly status: string; readonly annotations: number } | null>;
  /** Our App's comment that carries the marker, or null. */
  findComment(pullRequest: number, marker: string): Promise<{ readonly id: number; readonly body: string } | null>;
  createComment(pullRequest: number, body: string): Promise<number>;
  updateComment(id: number, body: string): Promise<void>;
  /** A comment of an issue or a pull request, read anew; null when it is gone. */
  comment(id: number): Promise<IssueComment | null>;
  /** Our App's reaction, which is there once however often it is asked for. @returns Its id. */
  react(comment: number, content: Reaction): Promise<number>;
  /** Commits on the branch, and only while it is at the effect's head. Never forced, never repeated: throws GITHUB_AMBIGUOUS when it may or may not have been made. */
  commit(wanted: CommitToMake): Promise<CommitAnswer>;
  /** Makes a branch at a commit, where there is none of its name yet; one that is there stays as it is. @returns Whether the App may. */
  createBranch(branch: string, at: Sha): Promise<boolean>;
  /** The newest pull request that our App opened from this branch into the base, whatever became of it; null when there is none. */
  pullRequestFrom(branch: string, base: string): Promise<number | null>;
  /** Throws GITHUB_AMBIGUOUS when it may or may not have been opened. @returns Its number. */
  openPullRequest(wanted: Pick<Extract<Effect, { kind: 'pull-request' }>, 'branch' | 'base' | 'title' | 'text'>): Promise<number>;
  /** The commit with this parent and message among the newest hundred that lead to `tip`, or null. */
  findCommit(wanted: { readonly tip: Sha; readonly parent: Sha; readonly message: string }): Promise<Sha | null>;
}

/** The organisation's configuration file at the tip of its `.github` repository; `bytes: null` when the file is not there. */
export interface OrganizationConfiguration {
  readonly repository: RepositoryRef;
  readonly commit: Sha;
  readonly bytes: Uint8Array | null;
  /** Why what stands there can not be used: it is no file, or too large. */
  readonly unusable?: string;
}

/** A repository that the App may read, as its installation lists it. */
export interface InstalledRepository {
  readonly repository: RepositoryRef;
  readonly defaultBranch: string;
  /** Nothing can be written to it. */
  readonly isArchived: boolean;
}

/** The App on GitHub. */
export interface GitHubApp {
  repository(ref: RepositoryRef): GitHubRepository;
  remediation(ref: RepositoryRef): GitHubRemediation;
  issues(ref: RepositoryRef): GitHubIssues;
  /** The organisation's `.github` repository, or null when it does not exist or is not readable as such (then throw instead when unsure). */
  organizationRepository(ref: RepositoryRef): Promise<RepositoryRef | null>;
  /** What the organisation's `.github` repository holds, or for a user account the repository itself. Nothing is asked for what is known. */
  organizationObjects(ref: RepositoryRef): Pick<ObjectSource, 'blobs'>;
  /** The organisation's `plumbline.yml` in one call; null for a user account or without a `.github` repository. Throws when it can not be told. */
  organizationConfiguration(ref: RepositoryRef): Promise<OrganizationConfiguration | null>;
  repositories(): AsyncIterable<InstalledRepository>;
  /** Ids of the installation's repositories that everybody can read who can read this one; null where it is private: who reads it was chosen. */
  repositoriesVisibleWith(ref: RepositoryRef): Promise<ReadonlySet<number> | null>;
  /** Attempts since the instant, newest first, one page; null begins. A cursor that GitHub no longer knows throws GITHUB_REFUSED. */
  deliveryAttempts(since: Date, cursor: string | null): Promise<DeliveryPage>;
  redeliver(id: number): Promise<void>;
  slug(): Promise<string>;
}

// ---------------------------------------------------------------- probes

/** Reads the release record: the store's on a server, one built from history on the command line. */
export interface ReleaseReader {
  releases(entry: string, contractIds: readonly string[]): Promise<ReleasesOfIds>;
  releasesAt(entry: string, paths: readonly string[]): Promise<readonly Release[]>;
  /** Of all that the entry ever released, each once. */
  contractIds(entry: string): Promise<readonly string[]>;
  /** Versions of the schemas at every path of these families (`schemaPlace`), in the order of their recording. */
  schemaVersions(entry: string, families: readonly string[]): Promise<readonly SchemaVersion[]>;
  recordState(entry: string): Promise<RecordAnswer>;
}

/** Whose hand is in the change that is judged, what was said about it, and who belongs where now. What can not be told throws. */
export interface People {
  contributors(): Promise<Contributors>;
  /** What was said and not taken back, of every pull request that the change stands for. */
  votes(): Promise<readonly Vote[]>;
  /** Asked together, answered in order. Trouble with one group is its answer: the others are told all the same. */
  memberships(asked: readonly Membership[]): Promise<readonly Answer<'membership'>[]>;
}

/** Asks the sources of behaviours in the name of one repository: what it may reach, and with which secrets, is its business. */
export interface BehaviorReader {
  /** Whatever a source does is an answer. A kind that nothing here can ask MUST give no signal. Asked again, it MUST ask anew. */
  read(question: BehaviorQuestion): Promise<SourceReading>;
}

/** What scans of one repository found last. */
export interface DriftStates {
  /** By the name of the behaviour; one that was not scanned yet is left out. */
  driftStates(behaviors: readonly string[]): Promise<ReadonlyMap<string, DriftState>>;
}

/** Answers what gates ask. Trouble becomes an `unavailable` answer; it MUST answer every request and MUST NOT throw for one. */
export interface Prober {
  answer(requests: readonly ProbeRequest[], evidence: Evidence): Promise<Evidence>;
}

// ---------------------------------------------------------------- store

export interface Delivery {
  readonly guid: string;
  readonly event: string;
  readonly action: string | null;
  readonly receivedAt: Date;
  readonly bodyDigest: string;
  /** Why no job could be made of an event that is ours: kept as a dead letter (`buried`) instead of `ignored`. */
  readonly refused?: string;
}

/**
 * `new`: first seen, or seen but not completed (its jobs stand already when they still wait; a buried one runs again).
 * `completed`: nothing to do. `conflict`: the GUID came with another body; kept, not run.
 */
export type DeliveryReceipt = 'new' | 'completed' | 'conflict';

/**
 * `evaluate-head`: every open pull request with this head (a re-run from a fork names none). `reconcile`: open pull requests of one
 * repository without a decision about their head. `follow-remediation`: something happened to what may be a pull request of one. `remediate`: all remediations of one behaviour. `scan`: the behaviours of one repository. `plan-scan`: reads again when it wants to be scanned. `conclude-scan`: acts upon what a scan found in all of its repositories. `digest`: the digest issue. `rejudge-person`: those that counted somebody whose place among people changed.
 * `schedule`: one run of a schedule, which enqueues its next.
 */
export type JobKind = 'evaluate' | 'evaluate-group' | 'evaluate-head' | 'perform' | 'record-push' | 'record-close' | 'follow-remediation' | 'mend' | 'command' | 'remediate' | 'scan' | 'plan-scan' | 'conclude-scan' | 'digest' | 'rejudge-person' | 'reconcile' | 'schedule';

/** A durable unit of work. One row per key: enqueuing again while it waits or runs asks for one more run with the newest payload. */
export interface JobRequest {
  readonly key: string;
  readonly kind: JobKind;
  readonly payload: JsonObject;
  /** Not before; at once when left out. Among requests that wait for the same run the earliest wins; one made during a run keeps its own. */
  readonly runAt?: Date;
}

export interface LeasedJob {
  readonly key: string;
  readonly kind: JobKind;
  readonly payload: JsonObject;
  /** Counts enqueues of the key; completing covers deliveries up to it. */
  readonly generation: number;
  /** 1 for the first run of this generation. */
  readonly attempt: number;
  /** Runs right before this one, of any generation, that nobody ended: their process died, or could not reach the store. */
  readonly lostRuns: number;
  /** Proves the lease. An operation with a lost lease throws LEASE_LOST and changes nothing. */
  readonly token: string;
}

export interface JobQueue {
  lease(request: { readonly owner: string; readonly now: Date; readonly until: Date; readonly limit: number }): Promise<readonly LeasedJob[]>;
  renew(job: LeasedJob, until: Date): Promise<void>;
  /** Ends the run. Deliveries up to its generation are completed; a newer generation waits to run. */
  complete(job: LeasedJob, now: Date): Promise<void>;
  retry(job: LeasedJob, at: Date, failure: Failure): Promise<void>;
  /** Gives the lease back unused, at shutdown. Does not count as an attempt. */
  release(job: LeasedJob): Promise<void>;
  /** Ends a poison job: it stands in the dead letters, its deliveries are `buried`, its key is free. */
  bury(job: LeasedJob, now: Date, failure: Failure): Promise<void>;
  counts(): Promise<{ readonly waiting: number; readonly leased: number; readonly buried: number }>;
}

export interface PullRequestRecord {
  readonly repository: RepositoryRef;
  readonly facts: PullRequestFacts;
  /** Whether the author may write to the base repository. */
  readonly authorCanWrite: boolean;
}

export interface DecisionRecord {
  /** Equal to the id of the evaluation that ended in it; of one that still awaits samples an id of its own. */
  readonly id: string;
  readonly repository: RepositoryRef;
  readonly subject: string;
  /** Branch entry judged for; decisions of one entry and head compete, the strictest stands. */
  readonly entry: string;
  readonly baseBranch: string;
  readonly decision: Decision;
  /** Where the configuration in force was read. Left out: by an engine that did not keep it. */
  readonly configuration?: ConfigurationSources;
  readonly decidedAt: Date;
}

export interface PendingEffect {
  readonly effect: Effect;
  readonly repository: RepositoryRef;
  /** Groups effects that are performed in order: one head, or one pull request's comment. */
  readonly group: string;
  readonly evaluation: string;
  /** Whether a write may already have been made: read and adopt before writing. */
  readonly attempted: boolean;
  readonly externalId: number | null;
  /** Grows with each `request` that replaces the wanted state; a fresh state starts unattempted, unless a create without an answer may have been made. */
  readonly revision: number;
}

/** One unit of work: everything in it stands or nothing does. */
export interface StoreTransaction extends EvaluationStore, PeopleStore, CommandStore, ReleaseStore, ConfigurationStore, RemediationStore, IssueStore, SampleStore, ScanStore, LeftoverStore {
  /** Keeps a delivery and links it to the jobs that will complete it; without jobs it is `ignored` at once. The body is evidence only, never read again: a store may keep its beginning, or nothing of it. */
  receive(delivery: Delivery, body: Uint8Array, jobs: readonly JobRequest[]): Promise<DeliveryReceipt>;
  enqueue(job: JobRequest): Promise<void>;
  /** Enqueues the job unless one of its key waits or runs: a retry that waits keeps its time. Whether it did. */
  enqueueMissing(job: JobRequest): Promise<boolean>;
  /** Appends to the account's log. A failure here fails the transaction: no effect without its entry. */
  append(draft: AuditDraft): Promise<AuditEntry>;
  /** Keeps snapshots in the account's log, for ever; one that is there already stays as it is. */
  keepSnapshots(account: number, snapshots: readonly Snapshot[]): Promise<void>;
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

/** Content by object name, shared by all repositories of an account. Losing it costs API calls, nothing else. */
export interface ObjectCache {
  blobs(accountId: number, wanted: readonly Sha[]): Promise<ReadonlyMap<Sha, BlobContent>>;
  keepBlobs(accountId: number, blobs: ReadonlyMap<Sha, BlobContent>): Promise<void>;
  /** Trees and merge bases, by a key that names immutable content. */
  find(accountId: number, key: string): Promise<string | null>;
  keep(accountId: number, key: string, value: string): Promise<void>;
}

/** One entry as kept: the leaf bytes of the tree and what opens its commitments (erased ones are missing). */
export interface StoredEntry {
  readonly sequence: number;
  readonly leaf: Uint8Array;
  /** The RFC 6962 leaf hash as recorded when it was appended; lets a changed leaf be named exactly. */
  readonly leafHash?: Uint8Array;
  readonly openings: readonly Opening[];
}

/** A sealed commitment to an account's log at a size. */
export interface StoredCheckpoint {
  readonly size: number;
  /** The C2SP signed note, byte for byte. */
  readonly note: string;
  readonly sealedAt: Date;
}

/** Reading the logs of accounts. */
export interface AuditReader {
  accounts(): Promise<readonly number[]>;
  size(account: number): Promise<number>;
  /** Entries from a 0-based sequence on, in order, without a gap; perhaps fewer than asked for, none only at the end. */
  entries(account: number, from: number, limit: number): Promise<readonly StoredEntry[]>;
  /** Ascending by size; with `from` only those of at least that size. */
  checkpoints(account: number, from?: number): Promise<readonly StoredCheckpoint[]>;
  /** Those of the named snapshots that are there, in any order. Ask for few: each may have a mebibyte. */
  snapshots(account: number, digests: readonly Digest[]): Promise<readonly Snapshot[]>;
  /** Why appending is blocked; null when it is not. */
  blocked(account: number): Promise<string | null>;
}

/** Reading an account's log and sealing it. Appending is part of a transaction. */
export interface AuditLog extends AuditReader {
  /** MUST refuse (STORE_INCONSISTENT) a size below the newest checkpoint's. Saving the same one again is safe. */
  saveCheckpoint(account: number, checkpoint: StoredCheckpoint): Promise<void>;
  /** From now on every append to the account MUST throw AUDIT_BLOCKED, on every replica and after a restart, until `unblock`. */
  block(account: number, why: string): Promise<void>;
}

/** Signs checkpoints with the log key. */
export interface LogSigner {
  /** Host of the server's public URL. In signed notes the key is named as the log: `<name>/<account id>`. */
  readonly name: string;
  /** Raw Ed25519 public key, 32 bytes. */
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Promise<Uint8Array>;
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
  /** Whether it answers, for readiness. */
  ping(): Promise<void>;
  /** Drops what has outlived its use: bodies of settled deliveries, effects long performed, cached objects over their bounds. Safe at any time. */
  prune(now: Date): Promise<void>;
  close(): Promise<void>;
}
