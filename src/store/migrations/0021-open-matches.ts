/** What grants of whitelists a pull request rests on, as governance answered last. Those of pull requests that are open already come with their next judgement. */
export const openMatches: readonly string[] = [
  `create table open_matches (repository_id bigint not null, number bigint not null, grant_digest text not null, account_id bigint not null, primary key (repository_id, number, grant_digest))`,
  `create index open_matches_by_grant on open_matches (account_id, grant_digest)`,
];
