/** When repositories are scanned, what scans found, and how long drifts took to mend. */
export const scans: readonly string[] = [
  `create table scan_plans (repository_id bigint primary key, account_id bigint not null, next_at timestamptz not null, plan text not null)`,
  `create index scan_plans_by_time on scan_plans (next_at)`,
  `create index scan_plans_by_account on scan_plans (account_id)`,
  `create table scans (id text primary key, account_id bigint not null, begun_at timestamptz not null, concluded_at timestamptz, scan text not null)`,
  `create index scans_open on scans (begun_at) where concluded_at is null`,
  `create table scan_repositories (scan_id text not null, repository_id bigint not null, state text not null, primary key (scan_id, repository_id))`,
  `create table drifts (repository_id bigint not null, behavior_key text not null, account_id bigint not null, drift text not null, primary key (repository_id, behavior_key))`,
  `create index drifts_by_account on drifts (account_id)`,
  `create table drift_runs (repository_id bigint not null, behavior_key text not null, clean_at timestamptz not null, account_id bigint not null, run text not null,
    primary key (repository_id, behavior_key, clean_at))`,
  `create index drift_runs_by_account on drift_runs (account_id, clean_at)`,
  `create trigger drift_runs_stand before update or delete on drift_runs for each row execute function refuse_change()`,
];
