/**
 * What grants of whitelists a pull request rests on, as governance answered last. Those of pull requests that are open already come with their next judgement, and are
 * not filled in: when an entry was first seen is kept since 0019 alone, so that none is called unused before 90 days have passed, and then only where the
 * one pull request that needs it was not judged once in all that time. That it is called so is a notice, and decides nothing.
 */
export const openMatches: readonly string[] = [
  `create table open_matches (repository_id bigint not null, number bigint not null, grant_digest text not null, account_id bigint not null, primary key (repository_id, number, grant_digest))`,
  `create index open_matches_by_grant on open_matches (account_id, grant_digest)`,
];
