/**
 * Which contents governed schemas had. Nothing is taken back here. A record that was whole without them is filled with them from
 * history, and judgements wait until then; up to where it was whole, its releases stand and its merges are told. One that was
 * still being filled begins again: what it has of releases stands.
 */
export const schemaVersions: readonly string[] = [
  `create table schema_versions (
    position bigint generated always as identity, repository_id bigint not null, entry text not null, family_key text not null, path_key text not null,
    content_hash text not null, version text not null, primary key (repository_id, entry, path_key, content_hash))`,
  `create index schema_versions_by_family on schema_versions (repository_id, entry, family_key)`,
  `create trigger schema_versions_stand before update or delete on schema_versions for each row execute function refuse_change()`,
  `create trigger schema_versions_stay before truncate on schema_versions for each statement execute function refuse_change()`,
  `update record_states set state = case state::json->>'kind'
    when 'complete' then json_build_object('kind', 'filling', 'done', 0, 'total', null, 'upTo', null, 'describedUpTo', state::json->>'upTo')::text
    else '{"kind":"filling","done":0,"total":null,"upTo":null}' end
    where key not like '@%'`,
];
