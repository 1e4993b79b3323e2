/** Quotas that were passed, each once for its window: with another limit it may be passed again. Tokens, or pico-dollars. */
export const usageBreaches: readonly string[] = [
  `create table usage_breaches (account_id bigint not null, scope text not null, subject_key text not null, measure text not null, begins_at timestamptz not null, ends_at timestamptz not null, quota numeric(60) not null,
    primary key (account_id, scope, subject_key, measure, begins_at, ends_at, quota))`,
];
