/** Who brought which head to a pull request, and what people said about it. Neither is ever changed or removed through this connection. */
export const people: readonly string[] = [
  `create table arrivals (repository_id bigint not null, pull_request bigint not null, head_key text not null, user_id bigint not null, action text not null, at_key text not null,
    arrival text not null, primary key (repository_id, pull_request, head_key, user_id, action, at_key))`,
  `create trigger arrivals_stand before update or delete on arrivals for each row execute function refuse_change()`,
  `create trigger arrivals_stay before truncate on arrivals for each statement execute function refuse_change()`,
  `create table votes (repository_id bigint not null, pull_request bigint not null, source_key text not null, vote text not null, primary key (repository_id, source_key))`,
  `create index votes_by_pull_request on votes (repository_id, pull_request)`,
  `create trigger votes_stand before update or delete on votes for each row execute function refuse_change()`,
  `create trigger votes_stay before truncate on votes for each statement execute function refuse_change()`,
];
