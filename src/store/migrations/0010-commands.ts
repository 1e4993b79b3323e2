/** Which comments were run as commands. */
export const commands: readonly string[] = [
  `create table commands (repository_id bigint not null, pull_request bigint not null, comment_id bigint not null, word text not null, is_done boolean not null,
    ran_at timestamptz not null, primary key (repository_id, comment_id))`,
  `create index commands_by_time on commands (repository_id, pull_request, word, ran_at)`,
];
