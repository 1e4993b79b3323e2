/** What agents reported of their pull requests, and what became of them. `touched_at`: of the close, or of the report while it is open. */
export const confidenceCases: readonly string[] = [
  `create table confidence_cases (repository_id bigint not null, pull_request bigint not null, agent_key text not null, account_id bigint not null, is_closed boolean not null, touched_at timestamptz not null, confidence text not null,
    primary key (repository_id, pull_request, agent_key))`,
  `create index confidence_cases_by_time on confidence_cases (repository_id, touched_at) where is_closed`,
  `create index confidence_cases_by_agent on confidence_cases (repository_id, agent_key, touched_at) where is_closed`,
  `create index confidence_cases_by_age on confidence_cases (touched_at)`,
];
