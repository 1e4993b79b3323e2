/**
 * What bundles are made of without reading a log: by what entries are found, and the roots over 256 leaves each. Beside it the bundles that
 * were asked for, and their files, until they are dropped by their age.
 */
export const bundles: readonly string[] = [
  `create table audit_topics (account_id bigint not null, topic_key text not null, sequence bigint not null, primary key (account_id, topic_key, sequence))`,
  `create table audit_tiles (account_id bigint not null, tile bigint not null, root bytea not null, primary key (account_id, tile))`,
  `create table audit_bundle_requests (
    id text primary key, account_id bigint not null, subject text not null, subject_key text not null, idempotency_key text, question text not null, state text not null, progress text not null, asked_at timestamptz not null)`,
  `create unique index audit_bundle_requests_once on audit_bundle_requests (account_id, subject_key, idempotency_key) where idempotency_key is not null`,
  `create index audit_bundle_requests_open on audit_bundle_requests (account_id) where state in ('waiting', 'assembling')`,
  `create index audit_bundle_requests_by_age on audit_bundle_requests (asked_at)`,
  `create table audit_bundles (account_id bigint not null, id text not null, file bytea not null, entries bigint not null, made_at timestamptz not null, primary key (account_id, id))`,
  // It is compressed already.
  `alter table audit_bundles alter column file set storage external`,
  `create index audit_bundles_by_age on audit_bundles (made_at)`,
  `create trigger audit_bundles_stand before update on audit_bundles for each row execute function refuse_change()`,
];
