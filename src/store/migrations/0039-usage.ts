/**
 * What agents use up. Totals are of a quarter of an hour, since days and months of every zone begin with one. `agent` and `model` are JSON, `…_key` went
 * through `keyText`. A reservation counts by its columns while it is open.
 */
export const usage: readonly string[] = [
  `create table usage_totals (account_id bigint not null, quarter timestamptz not null, repository_id bigint not null, agent_key text not null, source text not null, model_key text not null, is_priced boolean not null, agent text not null, model text not null,
    input_tokens numeric(40) not null, output_tokens numeric(40) not null, cache_read_tokens numeric(40) not null, cache_creation_tokens numeric(40) not null, tokens numeric(40) not null, cost numeric(60) not null,
    primary key (account_id, quarter, repository_id, agent_key, source, model_key, is_priced))`,
  `create table usage_reservations (id uuid primary key, account_id bigint not null, repository_id bigint not null, agent text not null, source text not null, at timestamptz not null, expires_at timestamptz not null, is_open boolean not null, tokens numeric(40) not null, cost numeric(60) not null,
    by_key text not null, request_key text not null, reservation text not null, unique (account_id, by_key, request_key))`,
  `create index usage_reservations_open on usage_reservations (account_id, at) where is_open`,
  `create table usage_of_evidence (repository_id bigint not null, change_digest text not null, usage_digest text not null, charged_at timestamptz not null, primary key (repository_id, change_digest, usage_digest))`,
  `create table usage_alerts (account_id bigint not null, scope text not null, subject_key text not null, measure text not null, begins_at timestamptz not null, ends_at timestamptz not null, primary key (account_id, scope, subject_key, measure, begins_at, ends_at))`,
];
