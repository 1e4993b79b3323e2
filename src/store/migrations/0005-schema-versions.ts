/**
 * Which contents governed schemas had. Nothing is taken back here. A record that was whole without them is filled again
 * from history: what it has of releases stands, and judgements wait until it has the schemas too.
 */
export const schemaVersions: readonly string[] = [
  `create table schema_versions (
    position bigint generated always as identity, repository_id bigint not null, entry text not null, family_key text not null, path_key text not null,
    content_hash text not null, version text not null, primary key (repository_id, entry, path_key, content_hash))`,
  `create index schema_versions_by_family on schema_versions (repository_id, entry, family_key)`,
  `create trigger schema_versions_stand before update or delete on schema_versions for each row execute function refuse_change()`,
  `create trigger schema_versions_stay before truncate on schema_versions for each statement execute function refuse_change()`,
  `delete from record_states where key not like '@%'`,
];
