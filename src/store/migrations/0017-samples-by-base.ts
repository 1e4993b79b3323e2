/** Samples are of a head and the branch that it would be merged into. Of those that came before nobody knows for which: they have to be sent again. */
export const samplesByBase: readonly string[] = [
  `drop table behavior_samples`,
  `create table behavior_samples (repository_id bigint not null, behavior_key text not null, head_key text not null, base_key text not null, received_at timestamptz not null, sample text not null, bytes integer not null,
    primary key (repository_id, head_key, base_key, behavior_key))`,
  `create trigger behavior_samples_stand before update on behavior_samples for each row execute function refuse_change()`,
];
