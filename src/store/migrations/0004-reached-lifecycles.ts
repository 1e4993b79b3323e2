/** How far released versions came on their branches, beside the releases, which never change. Nothing is taken back here either. */
export const reachedLifecycles: readonly string[] = [
  `create table reached_lifecycles (
    repository_id bigint not null, entry text not null, contract_key text not null, version_key text not null,
    lifecycle text not null check (lifecycle in ('active', 'deprecated', 'retired')), commit_sha text not null,
    primary key (repository_id, entry, contract_key, version_key, lifecycle))`,
  `create trigger reached_lifecycles_stand before update or delete on reached_lifecycles for each row execute function refuse_change()`,
  `create trigger reached_lifecycles_stay before truncate on reached_lifecycles for each statement execute function refuse_change()`,
];
