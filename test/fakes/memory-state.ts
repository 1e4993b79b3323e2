import type { ConfidenceCase } from '../../src/domain/calibration/confidence-case.ts';
import type { UsageTotal } from '../../src/domain/usage/usage-total.ts';
import type { UsageReservation } from '../../src/flows/ports/usage-store.ts';
import type { Snapshot } from '../../src/audit/snapshot.ts';
import type { BundleRequest, KeptBundle } from '../../src/domain/bundle-request.ts';
import type { DriftRun } from '../../src/domain/drift/drift-record.ts';
import type { KeptDrift } from '../../src/domain/drift/scanned-behavior.ts';
import type { Scan, ScanOutcome, ScanPlan } from '../../src/domain/scan/scan.ts';
import type { Leftover } from '../../src/domain/leftover/leftover.ts';
import type { Digest } from '../../src/domain/digest.ts';
import type { IssueRecord } from '../../src/domain/issue/issue-record.ts';
import type { BehaviorSample } from '../../src/domain/sample/behavior-sample.ts';
import type { CommandRecord } from '../../src/domain/command/command-record.ts';
import type { Effect } from '../../src/domain/effect.ts';
import type { SeenConfiguration } from '../../src/domain/configuration/seen-configuration.ts';
import type { Arrival } from '../../src/domain/people/arrival.ts';
import type { Contribution } from '../../src/domain/people/contribution.ts';
import type { VoteRecord } from '../../src/domain/people/vote-record.ts';
import type { RemediationRows } from './memory-remediation.ts';
import type { RecordState, Release } from '../../src/domain/release.ts';
import type { SchemaVersion } from '../../src/domain/schema/schema-version.ts';
import type { RepositoryRef } from '../../src/domain/repository.ts';
import type { EvaluationRecord } from '../../src/domain/evaluation-record.ts';
import type { DecisionRecord, PullRequestRecord } from '../../src/flows/ports/decision-store.ts';
import type { Delivery, JobRequest } from '../../src/flows/ports/job-queue.ts';
import type { AnchoredCheckpoint, ClockSeen, SelfAudit } from '../../src/flows/ports/audit-watch.ts';
import type { PlacedRead } from '../../src/flows/ports/read-log.ts';
import type { LegalHold } from '../../src/flows/ports/retention-store.ts';
import type { StoredCheckpoint, StoredEntry } from '../../src/flows/ports/audit-log.ts';

export interface DeliveryRow {
  readonly delivery: Delivery;
  readonly body: Uint8Array;
  readonly state: 'waiting' | 'completed' | 'ignored' | 'buried';
  readonly links: readonly { readonly key: string; readonly generation: number; readonly state: 'waiting' | 'done' | 'buried' }[];
}

export interface JobRow {
  readonly request: JobRequest;
  readonly generation: number;
  readonly attempt: number;
  /** The generation that `attempt` counts for. */
  readonly attemptedGeneration: number;
  /** When it may be leased: its time, or the end of its lease. */
  readonly availableAt: number;
  /** When a request made during the run may be leased. */
  readonly nextAt: number | null;
  readonly lease: { readonly token: string; readonly generation: number } | null;
  readonly lostRuns: number;
}

export interface EffectRow {
  readonly effect: Effect;
  readonly repository: RepositoryRef;
  readonly group: string;
  readonly evaluation: string;
  readonly state: 'pending' | 'performed' | 'abandoned' | 'dropped';
  readonly attempted: boolean;
  readonly externalId: number | null;
  readonly revision: number;
  readonly performedDigest: string | null;
  readonly order: number;
  readonly requestedAt: Date;
}

/** A grant of a whitelist, as scans and decisions left it. */
export interface GrantRow {
  readonly accountId: number;
  readonly repositoryId: number;
  readonly grant: Digest;
  readonly knownSince: Date;
  readonly seenAt: Date;
  readonly matchedAt: Date | null;
}

/** Everything that the in-memory store keeps. Rows are replaced, never changed, so that a copy of the maps is a snapshot. */
/** A scan with its repositories. */
export interface ScanRow {
  readonly scan: Scan;
  readonly outcomes: ReadonlyMap<number, ScanOutcome>;
  readonly isConcluded: boolean;
}

export interface MemoryState {
  readonly deliveries: Map<string, DeliveryRow>;
  readonly conflicts: { readonly delivery: Delivery; readonly body: Uint8Array }[];
  readonly jobs: Map<string, JobRow>;
  readonly buried: { readonly key: string; readonly code: string }[];
  /** Per account the number of the last lease: who waited longest comes first. */
  readonly turns: Map<number, number>;
  readonly logs: Map<number, { readonly entries: readonly StoredEntry[]; readonly lastTime: number; readonly blocked: string | null }>;
  readonly checkpoints: Map<number, readonly StoredCheckpoint[]>;
  readonly anchors: Map<number, readonly AnchoredCheckpoint[]>;
  readonly selfAudits: Map<number, SelfAudit>;
  /** At most one. */
  readonly clockSeen: ClockSeen[];
  readonly snapshots: Map<string, Snapshot>;
  readonly bundleRequests: Map<string, BundleRequest>;
  readonly bundles: Map<string, KeptBundle>;
  /** Entries, by account and sequence, of which nothing that was judged is kept any more. */
  readonly unjudged: Set<string>;
  readonly holds: Map<string, { readonly account: number; readonly hold: LegalHold }>;
  readonly pullRequests: Map<string, PullRequestRecord>;
  readonly evaluations: Map<string, { readonly record: EvaluationRecord; readonly finishedAt: Date | null }>;
  readonly decisions: Map<string, { readonly record: DecisionRecord; readonly withdrawn: boolean }>;
  readonly effects: Map<string, EffectRow>;
  readonly contributions: Map<string, Contribution>;
  readonly arrivals: Map<string, Arrival>;
  readonly votes: Map<string, VoteRecord>;
  readonly commands: Map<string, CommandRecord>;
  readonly samples: Map<string, BehaviorSample>;
  readonly usedTokens: Set<string>;
  readonly scanPlans: Map<number, ScanPlan>;
  readonly scans: Map<string, ScanRow>;
  /** `lookedSince`: of the drift whose remediation was looked at last. */
  readonly drifts: Map<string, { readonly accountId: number; readonly drift: KeptDrift; readonly lookedSince: string | null }>;
  readonly driftRuns: Map<string, { readonly accountId: number; readonly run: DriftRun }>;
  readonly releases: Map<string, { readonly repositoryId: number; readonly release: Release }>;
  readonly schemaVersions: Map<string, { readonly repositoryId: number; readonly version: SchemaVersion }>;
  readonly recordStates: Map<string, RecordState>;
  readonly configurations: Map<string, SeenConfiguration>;
  readonly remediations: Map<string, RemediationRows>;
  readonly issues: Map<string, IssueRecord>;
  /** By account and grant. */
  readonly grants: Map<string, GrantRow>;
  /** By repository and number of the pull request. */
  readonly openMatches: Map<string, { readonly accountId: number; readonly repositoryId: number; readonly grants: readonly Digest[] }>;
  /** By account and repository; 0 for the organisation. */
  readonly leftovers: Map<string, { readonly accountId: number; readonly repositoryId: number; readonly leftovers: readonly Leftover[] }>;
  /** By repository, pull request and agent. */
  readonly usageTotals: Map<string, UsageTotal & { readonly accountId: number }>;
  readonly usageReservations: Map<string, UsageReservation>;
  readonly usageOfEvidence: Set<string>;
  readonly usageAlerts: Set<string>;
  readonly confidences: Map<string, { readonly accountId: number; readonly one: ConfidenceCase }>;
  readonly reads: Map<string, PlacedRead>;
  /** Paths by `repository:plan`. */
  readonly plans: Map<string, readonly string[]>;
}

export function emptyState(): MemoryState {
  return {
    deliveries: new Map(),
    conflicts: [],
    jobs: new Map(),
    buried: [],
    turns: new Map(),
    logs: new Map(),
    checkpoints: new Map(),
    anchors: new Map(),
    selfAudits: new Map(),
    clockSeen: [],
    snapshots: new Map(),
    bundleRequests: new Map(),
    bundles: new Map(),
    unjudged: new Set(),
    holds: new Map(),
    pullRequests: new Map(),
    evaluations: new Map(),
    decisions: new Map(),
    effects: new Map(),
    contributions: new Map(),
    arrivals: new Map(),
    votes: new Map(),
    commands: new Map(),
    samples: new Map(),
    usedTokens: new Set(),
    scanPlans: new Map(),
    scans: new Map(),
    drifts: new Map(),
    driftRuns: new Map(),
    releases: new Map(),
    schemaVersions: new Map(),
    recordStates: new Map(),
    configurations: new Map(),
    remediations: new Map(),
    issues: new Map(),
    grants: new Map(),
    openMatches: new Map(),
    leftovers: new Map(),
    usageTotals: new Map(),
    usageReservations: new Map(),
    usageOfEvidence: new Set(),
    usageAlerts: new Set(),
    confidences: new Map(),
    plans: new Map(),
    reads: new Map(),
  };
}

export function copyOf(state: MemoryState): MemoryState {
  return {
    deliveries: new Map(state.deliveries),
    conflicts: [...state.conflicts],
    jobs: new Map(state.jobs),
    buried: [...state.buried],
    turns: new Map(state.turns),
    logs: new Map(state.logs),
    checkpoints: new Map(state.checkpoints),
    anchors: new Map(state.anchors),
    selfAudits: new Map(state.selfAudits),
    clockSeen: [...state.clockSeen],
    snapshots: new Map(state.snapshots),
    bundleRequests: new Map(state.bundleRequests),
    bundles: new Map(state.bundles),
    unjudged: new Set(state.unjudged),
    holds: new Map(state.holds),
    pullRequests: new Map(state.pullRequests),
    evaluations: new Map(state.evaluations),
    decisions: new Map(state.decisions),
    effects: new Map(state.effects),
    contributions: new Map(state.contributions),
    arrivals: new Map(state.arrivals),
    votes: new Map(state.votes),
    commands: new Map(state.commands),
    samples: new Map(state.samples),
    usedTokens: new Set(state.usedTokens),
    scanPlans: new Map(state.scanPlans),
    scans: new Map(state.scans),
    drifts: new Map(state.drifts),
    driftRuns: new Map(state.driftRuns),
    releases: new Map(state.releases),
    schemaVersions: new Map(state.schemaVersions),
    recordStates: new Map(state.recordStates),
    configurations: new Map(state.configurations),
    remediations: new Map(state.remediations),
    issues: new Map(state.issues),
    grants: new Map(state.grants),
    openMatches: new Map(state.openMatches),
    leftovers: new Map(state.leftovers),
    usageTotals: new Map(state.usageTotals),
    usageReservations: new Map(state.usageReservations),
    usageOfEvidence: new Set(state.usageOfEvidence),
    usageAlerts: new Set(state.usageAlerts),
    confidences: new Map(state.confidences),
    plans: new Map(state.plans),
    reads: new Map(state.reads),
  };
}
