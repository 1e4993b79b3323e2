import type { ColumnType, Generated } from 'kysely';
import type { BundleProgress } from '../domain/bundle-request.ts';
import type { ScanOutcome } from '../domain/scan/scan.ts';
import type { UsageSource } from '../domain/usage/model-usage.ts';

/** A 64-bit integer: the drivers read it as a text, a number or a bigint. `Number()` it: ours stay below 2^53. */
type Integer = ColumnType<string | number | bigint, number, number>;
type NullableInteger = ColumnType<string | number | bigint | null, number | null, number | null>;
type Position = ColumnType<string | number | bigint, never, never>;

/** Columns of every table, as `migrations/` makes them. Texts named `…_key` or used in an index went through `keyText`. */
export interface Tables {
  readonly deliveries: {
    guid: string;
    event: string;
    action: string | null;
    received_at: Date;
    body_digest: string;
    /** The beginning; null when the delivery was ignored, and once it was pruned. */
    body: Uint8Array | null;
    state: 'waiting' | 'completed' | 'ignored' | 'buried';
    why: string | null;
  };
  readonly delivery_conflicts: { id: Generated<number>; guid: string; received_at: Date; body_digest: string; body: Uint8Array };
  readonly delivery_jobs: { guid: string; job_key: string; generation: number; state: 'waiting' | 'done' | 'buried' };
  readonly jobs: {
    key: string;
    account_id: Integer;
    request: string;
    generation: number;
    attempt: number;
    attempted_generation: number;
    available_at: Date;
    next_at: Date | null;
    token: string | null;
    owner: string | null;
    leased_generation: number | null;
    failure: string | null;
    lost_runs: Generated<number>;
  };
  readonly job_turns: { account_id: Integer; turn: Position };
  readonly buried_jobs: { id: Generated<number>; key: string; request: string; generation: number; attempt: number; code: string; failure: string; buried_at: Date };
  readonly audit_heads: { account_id: Integer; size: Integer; last_time: Date; blocked: string | null };
  readonly audit_leaves: { account_id: Integer; sequence: Integer; leaf: Uint8Array; leaf_hash: Uint8Array };
  readonly audit_openings: { account_id: Integer; sequence: Integer; place: number; digest: string; nonce: Uint8Array; bytes: Uint8Array };
  readonly audit_terms: {
    account_id: Integer;
    sequence: Integer;
    place: number;
    id: string;
    at: Date;
    event: string;
    repository_id: NullableInteger;
    repository_key: string | null;
    actor_key: string | null;
    tier: number | null;
    outcome_key: string;
  };
  readonly audit_reads: { position: Position; account_id: Integer; hour: Date; token: string; query_key: string; subject: string; subject_key: string; query: string; read_at: Date };
  readonly audit_checkpoints: { account_id: Integer; size: Integer; note: string; sealed_at: Date };
  readonly audit_anchors: { account_id: Integer; anchor: string; size: Integer; anchored_at: Date };
  readonly audit_cosignatures: { account_id: Integer; size: Integer; anchor: string; line: string };
  readonly audit_self_audits: { account_id: Integer; audited_at: Date; entries: Integer; sealed: Integer; outcome: string };
  readonly clock_seen: { one: boolean; seen_at: Date; steady_since: Date };
  readonly audit_topics: { account_id: Integer; topic_key: string; sequence: Integer };
  readonly audit_tiles: { account_id: Integer; tile: Integer; root: Uint8Array };
  readonly audit_bundle_requests: { id: string; account_id: Integer; subject: string; subject_key: string; idempotency_key: string | null; question: string; state: BundleProgress['state']; progress: string; asked_at: Date };
  readonly audit_bundles: { account_id: Integer; id: string; file: Uint8Array; entries: Integer; made_at: Date };
  readonly audit_snapshots: { account_id: Integer; digest: string; gzip: Uint8Array };
  readonly audit_inputs: { account_id: Integer; digest: string; gzip: Uint8Array };
  readonly audit_judged: { account_id: Integer; sequence: Integer; digest: string };
  readonly audit_holds: { account_id: Integer; id: Integer; hold: string };
  readonly pull_requests: { repository_id: Integer; number: Integer; account_id: NullableInteger; state: string; head: string; base_branch: string; record: string };
  readonly evaluations: { id: string; repository_id: Integer; subject: string; head: string; roll_up: string; record: string; started_at: Date; finished_at: Date | null; awaits_until: Date | null };
  readonly decisions: {
    id: string;
    position: Position;
    repository_id: Integer;
    /** Null in a row of before there was a search that does not say whose it is. */
    account_id: NullableInteger;
    /** In lower case. */
    repository_key: string | null;
    subject: string;
    entry: string;
    base_branch: string;
    head: string;
    cause: string;
    lacks_answer: boolean;
    valid_until: Date | null;
    withdrawn: boolean;
    record: string;
    decided_at: Date;
  };
  readonly effects: {
    key: string;
    position: Position;
    repository_id: Integer;
    group_key: string;
    name: string;
    evaluation: string;
    effect: string;
    digest: string;
    state: 'pending' | 'performed' | 'abandoned' | 'dropped';
    attempted: boolean;
    external_id: NullableInteger;
    revision: number;
    performed_digest: string | null;
    why: string | null;
    changed_at: Date;
  };
  readonly contributors: { position: Position; repository_id: Integer; pull_request: Integer; commit_sha: string; user_id: Integer; login: string; effect_key: string };
  readonly arrivals: { repository_id: Integer; pull_request: Integer; head_key: string; user_id: Integer; action: string; at_key: string; arrival: string };
  readonly votes: { repository_id: Integer; pull_request: Integer; source_key: string; vote: string };
  readonly scan_plans: { repository_id: Integer; account_id: Integer; next_at: Date; behaviors: number; plan: string };
  readonly scans: { id: string; account_id: Integer; begun_at: Date; concluded_at: Date | null; scan: string };
  readonly scan_repositories: { scan_id: string; repository_id: Integer; state: ScanOutcome };
  readonly drifts: { repository_id: Integer; behavior_key: string; account_id: Integer; playbook: string | null; opens_since: Date | null; looked_since: Date | null; is_quiet: Generated<boolean>; drift: string };
  readonly drift_runs: { repository_id: Integer; behavior_key: string; clean_at: Date; account_id: Integer; run: string };
  readonly app_issues: { account_id: Integer; topic: string; record: string };
  readonly whitelist_uses: { account_id: Integer; grant_digest: string; repository_id: Integer; known_since: Date; seen_at: Date; matched_at: Date | null };
  readonly open_matches: { repository_id: Integer; number: Integer; grant_digest: string; account_id: Integer };
  readonly leftovers: { account_id: Integer; repository_id: Integer; leftovers: string };
  readonly confidence_cases: { repository_id: Integer; pull_request: Integer; agent_key: string; account_id: Integer; is_closed: boolean; touched_at: Date; confidence: string };
  readonly usage_totals: { account_id: Integer; quarter: Date; repository_id: Integer; agent_key: string; source: UsageSource; model_key: string; is_priced: boolean; agent: string; model: string; input_tokens: string; output_tokens: string; cache_read_tokens: string; cache_creation_tokens: string; tokens: string; cost: string };
  readonly usage_reservations: { id: string; account_id: Integer; repository_id: Integer; agent: string; source: UsageSource; at: Date; expires_at: Date; is_open: boolean; tokens: string; cost: string; by_key: string; request_key: string; reservation: string };
  readonly usage_of_evidence: { repository_id: Integer; change_digest: string; usage_digest: string; charged_at: Date; pull_request: NullableInteger };
  readonly usage_alerts: { account_id: Integer; scope: string; subject_key: string; measure: string; begins_at: Date; ends_at: Date };
  readonly usage_breaches: { account_id: Integer; scope: string; subject_key: string; measure: string; begins_at: Date; ends_at: Date; quota: string };
  readonly behavior_samples: { repository_id: Integer; behavior_key: string; head_key: string; base_key: string; received_at: Date; sample: string; bytes: number };
  readonly used_tokens: { issuer_key: string; token_key: string; expires_at: Date };
  readonly commands: { repository_id: Integer; pull_request: Integer; comment_id: Integer; word: string; is_done: boolean; ran_at: Date };
  readonly remediations: { position: Position; repository_id: Integer; fingerprint: string; behavior_key: string; record: string; said: string | null; steps: Integer; unsuppressed_at: Date | null; reserved_paths: string | null; reserved_at: NullableInteger; reserves: Generated<boolean> };
  readonly remediation_intents: { repository_id: Integer; fingerprint: string; generation: number; head: string | null; plan: string; mode: 'propose' | 'auto' };
  readonly remediation_pending: { repository_id: Integer; fingerprint: string; head: string; branch: string; plan: string; on_others_commits: boolean };
  readonly remediation_plans: { repository_id: Integer; plan: string; paths: string };
  readonly remediation_pulls: { repository_id: Integer; fingerprint: string; number: Integer; account_id: NullableInteger; record: string; opened_at: Date | null };
  readonly suppressions: { repository_id: Integer; fingerprint: string; number: Integer; until: Date };
  readonly releases: { position: Position; repository_id: Integer; entry: string; contract_key: string; version_key: string; path_key: string; release: string };
  readonly reached_lifecycles: { repository_id: Integer; entry: string; contract_key: string; version_key: string; lifecycle: string; commit_sha: string };
  readonly schema_versions: { position: Position; repository_id: Integer; entry: string; family_key: string; path_key: string; content_hash: string; version: string };
  readonly record_states: { repository_id: Integer; key: string; state: string };
  readonly seen_configurations: { account_id: Integer; repository_id: Integer; seen: string };
  readonly cached_blobs: { account_id: Integer; blob: string; size: Integer; bytes: Uint8Array | null; used_at: Date };
  readonly cached_values: { account_id: Integer; key: string; value: string; used_at: Date };
}
