/** The tables of the first version. Never edited once released: what changes gets a migration of its own. */
export const firstTables: readonly string[] = [
  `create table deliveries (
    guid text primary key, event text not null, action text, received_at timestamptz not null, body_digest text not null, body bytea,
    state text not null check (state in ('waiting', 'completed', 'ignored', 'buried')), why text)`,
  `create index deliveries_by_age on deliveries (received_at)`,
  `create table delivery_conflicts (
    id bigint generated always as identity primary key, guid text not null, received_at timestamptz not null, body_digest text not null, body bytea not null)`,
  `create table delivery_jobs (
    guid text not null references deliveries (guid) on delete cascade, job_key text not null, generation integer not null,
    state text not null check (state in ('waiting', 'done', 'buried')), primary key (guid, job_key))`,
  `create index delivery_jobs_waiting on delivery_jobs (job_key, generation) where state = 'waiting'`,
  // One row per key. available_at is when it may be leased: its time, or the end of its lease.
  `create table jobs (
    key text primary key, account_id bigint not null, request text not null, generation integer not null,
    attempt integer not null, attempted_generation integer not null, available_at timestamptz not null, next_at timestamptz,
    token text, owner text, leased_generation integer, failure text)`,
  `create index jobs_by_turn on jobs (account_id, available_at, key)`,
  `create table job_turns (account_id bigint primary key, turn bigint not null)`,
  `create sequence job_turn_order`,
  `create table buried_jobs (
    id bigint generated always as identity primary key, key text not null, request text not null, generation integer not null,
    attempt integer not null, code text not null, failure text not null, buried_at timestamptz not null)`,
  `create table pull_requests (
    repository_id bigint not null, number bigint not null, state text not null, head text not null, base_branch text not null, record text not null,
    primary key (repository_id, number))`,
  `create index pull_requests_by_head on pull_requests (repository_id, head) where state = 'open'`,
  `create index pull_requests_by_base on pull_requests (repository_id, base_branch) where state = 'open'`,
  `create table evaluations (
    id text primary key, repository_id bigint not null, subject text not null, head text not null, roll_up text not null, record text not null,
    started_at timestamptz not null, finished_at timestamptz)`,
  `create unique index evaluations_unfinished on evaluations (repository_id, subject, head, roll_up) where finished_at is null`,
  `create table decisions (
    id text primary key, position bigint generated always as identity, repository_id bigint not null, subject text not null, entry text not null,
    base_branch text not null, head text not null, cause text not null, valid_until timestamptz, withdrawn boolean not null default false,
    record text not null, decided_at timestamptz not null)`,
  `create index decisions_by_subject on decisions (repository_id, subject, position)`,
  `create index decisions_by_head on decisions (repository_id, head, entry)`,
  `create index decisions_by_expiry on decisions (valid_until) where valid_until is not null and not withdrawn`,
  `create sequence effect_order`,
  `create table effects (
    key text primary key, position bigint not null default nextval('effect_order'), repository_id bigint not null, group_key text not null, name text not null,
    evaluation text not null, effect text not null, digest text not null, state text not null check (state in ('pending', 'performed', 'abandoned', 'dropped')),
    attempted boolean not null default false, external_id bigint, revision integer not null default 1, performed_digest text, why text, changed_at timestamptz not null)`,
  `create index effects_pending on effects (repository_id, group_key, position) where state = 'pending'`,
  `create table releases (
    position bigint generated always as identity, repository_id bigint not null, entry text not null, contract_key text not null, version_key text not null,
    path_key text not null, release text not null, primary key (repository_id, entry, contract_key, version_key))`,
  `create index releases_by_path on releases (repository_id, entry, path_key)`,
  `create table record_states (repository_id bigint not null, key text not null, state text not null, primary key (repository_id, key))`,
  `create table seen_configurations (account_id bigint not null, repository_id bigint not null, seen text not null, primary key (account_id, repository_id))`,
  `create table cached_blobs (
    account_id bigint not null, blob text not null, size bigint not null, bytes bytea, used_at timestamptz not null, primary key (account_id, blob))`,
  `create table cached_values (account_id bigint not null, key text not null, value text not null, used_at timestamptz not null, primary key (account_id, key))`,
  `create index cached_blobs_by_use on cached_blobs (used_at)`,
  `create index cached_values_by_use on cached_values (used_at)`,
];
