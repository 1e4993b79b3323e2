/** What grants of whitelists matched, and what of whitelists and waiver files is to be cleaned up. Repository 0 is the organisation. */
export const leftovers: readonly string[] = [
  `create table whitelist_uses (account_id bigint not null, grant_digest text not null, repository_id bigint not null, known_since timestamptz not null, seen_at timestamptz not null, matched_at timestamptz,
    primary key (account_id, grant_digest))`,
  `create index whitelist_uses_by_owner on whitelist_uses (repository_id, account_id)`,
  `create table leftovers (account_id bigint not null, repository_id bigint not null, leftovers text not null, primary key (account_id, repository_id))`,
  `create index leftovers_by_repository on leftovers (repository_id)`,
];
