/** Behaviours of which nothing is to be told, so that digest and statistics read the others alone. Of what was kept before it is not known, and read, until it is measured again. */
export const quietDrifts: readonly string[] = [
  `alter table drifts add column is_quiet boolean not null default false`,
  `create index drifts_to_tell on drifts (account_id, repository_id, behavior_key) where not is_quiet`,
];
