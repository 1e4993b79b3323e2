/** Who asked our App for a commit. What governance counts on can be neither changed nor removed through this connection. */
export const contributors: readonly string[] = [
  `create table contributors (
    position bigint generated always as identity, repository_id bigint not null, pull_request bigint not null, commit_sha text not null,
    user_id bigint not null, login text not null, effect_key text not null, primary key (repository_id, pull_request, commit_sha, user_id))`,
  `create trigger contributors_stand before update or delete on contributors for each row execute function refuse_change()`,
  `create trigger contributors_stay before truncate on contributors for each statement execute function refuse_change()`,
];
