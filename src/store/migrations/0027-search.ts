/**
 * By what entries and decisions are found, and who read them. An entry has one row for each of its actors; what erases the opening of its
 * actor (place 0) takes the actor from the index too. What was read stands, until it is dropped by its age.
 */
export const search: readonly string[] = [
  `create table audit_terms (
    account_id bigint not null, sequence bigint not null, place integer not null, id text not null, at timestamptz not null, event text not null, repository_id bigint, repository_key text,
    actor_key text, tier smallint, outcome_key text not null, primary key (account_id, sequence, place))`,
  `create index audit_terms_by_id on audit_terms (account_id, id) where place = 0`,
  `create index audit_terms_by_time on audit_terms (account_id, at, sequence) where place = 0`,
  `create index audit_terms_by_event on audit_terms (account_id, event, sequence) where place = 0`,
  `create index audit_terms_by_repository on audit_terms (account_id, repository_id, sequence) where place = 0`,
  `create index audit_terms_by_repository_name on audit_terms (account_id, repository_key, sequence) where place = 0`,
  `create index audit_terms_by_outcome on audit_terms (account_id, outcome_key, sequence) where place = 0`,
  `create index audit_terms_by_tier on audit_terms (account_id, tier, sequence) where place = 0 and tier is not null`,
  `create index audit_terms_by_actor on audit_terms (account_id, actor_key, sequence) where actor_key is not null`,
  `create function forget_actor() returns trigger language plpgsql as $$
    begin
      delete from audit_terms where account_id = old.account_id and sequence = old.sequence and place > 0;
      update audit_terms set actor_key = null where account_id = old.account_id and sequence = old.sequence;
      return null;
    end $$`,
  `create trigger audit_openings_forgotten after delete on audit_openings for each row when (old.place = 0) execute function forget_actor()`,
  `alter table decisions add column account_id bigint`,
  `alter table decisions add column repository_key text`,
  `create index decisions_by_account on decisions (account_id, position)`,
  `create index decisions_by_repository on decisions (account_id, repository_id, position)`,
  `create index decisions_by_repository_name on decisions (account_id, repository_key, position)`,
  `create index decisions_by_account_subject on decisions (account_id, subject, position)`,
  `create index decisions_by_account_head on decisions (account_id, head, position)`,
  `create table audit_reads (
    position bigint generated always as identity primary key, account_id bigint not null, hour timestamptz not null, token text not null, query_key text not null,
    subject text not null, subject_key text not null, query text not null, read_at timestamptz not null)`,
  `create unique index audit_reads_once on audit_reads (account_id, hour, token, query_key)`,
  `create index audit_reads_by_account on audit_reads (account_id, position)`,
  `create index audit_reads_by_subject on audit_reads (account_id, subject_key, position)`,
  `create index audit_reads_by_age on audit_reads (read_at)`,
  `create trigger audit_reads_stand before update on audit_reads for each row execute function refuse_change()`,
  `create trigger audit_reads_stay before truncate on audit_reads for each statement execute function refuse_change()`,
];
