/** Remediations: what was meant, written ahead, done and decided. The texts of outside stand in JSON, which every text fits into. */
export const remediation: readonly string[] = [
  `create table remediations (position bigint generated always as identity, repository_id bigint not null, fingerprint text not null, behavior_key text not null, record text not null, said text,
    steps bigint not null, unsuppressed_at timestamptz, primary key (repository_id, fingerprint))`,
  `create index remediations_by_behavior on remediations (repository_id, behavior_key, position)`,
  `create table remediation_intents (repository_id bigint not null, fingerprint text not null, generation integer not null, head text, plan text not null, mode text not null,
    primary key (repository_id, fingerprint, generation))`,
  `create table remediation_pending (repository_id bigint not null, fingerprint text not null, head text not null, branch text not null, plan text not null, on_others_commits boolean not null,
    primary key (repository_id, fingerprint, head))`,
  `create table remediation_plans (repository_id bigint not null, plan text not null, paths text not null, primary key (repository_id, plan))`,
  `create table remediation_pulls (repository_id bigint not null, fingerprint text not null, number bigint not null, account_id bigint, record text not null, opened_at timestamptz,
    primary key (repository_id, fingerprint, number))`,
  `create index remediation_pulls_by_time on remediation_pulls (account_id, opened_at)`,
  `create table suppressions (repository_id bigint not null, fingerprint text not null, number bigint not null, until timestamptz not null, primary key (repository_id, fingerprint, number))`,
  `create table remediation_flaps (repository_id bigint not null, fingerprint text not null, occasion text not null, at timestamptz not null, primary key (repository_id, fingerprint, occasion))`,
];
