/** What workflows said of behaviours at a head, and the tokens with which they came. */
export const samples: readonly string[] = [
  `create table behavior_samples (repository_id bigint not null, behavior_key text not null, head_key text not null, received_at timestamptz not null, sample text not null,
    primary key (repository_id, behavior_key, head_key))`,
  `create trigger behavior_samples_stand before update on behavior_samples for each row execute function refuse_change()`,
  `create table used_tokens (issuer_key text not null, token_key text not null, expires_at timestamptz not null, primary key (issuer_key, token_key))`,
];
