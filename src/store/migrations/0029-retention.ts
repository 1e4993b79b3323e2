/**
 * What may be erased and what may not: of which entries what was judged is kept, and the holds. What erases the opening of a payload (place 2)
 * takes the tier from the index too. Of a vote nothing changes but that its reason goes: what was said counts as before.
 */
export const retention: readonly string[] = [
  `create table audit_judged (account_id bigint not null, sequence bigint not null, digest text not null, primary key (account_id, sequence))`,
  `create index audit_judged_by_digest on audit_judged (account_id, digest)`,
  `create table audit_holds (account_id bigint not null, id bigint not null, hold text not null, primary key (account_id, id))`,
  `create function forget_tier() returns trigger language plpgsql as $$
    begin
      update audit_terms set tier = null where account_id = old.account_id and sequence = old.sequence and tier is not null;
      return null;
    end $$`,
  `create trigger audit_openings_forgotten_payload after delete on audit_openings for each row when (old.place = 2) execute function forget_tier()`,
  `create function without_reason(vote text) returns text language sql immutable as $$ select regexp_replace(vote, '"reason":"([^"\\\\]|\\\\.)*"', '"reason":null') $$`,
  `create function refuse_other_change() returns trigger language plpgsql as $$
    begin
      if new.vote is distinct from without_reason(old.vote) or (new.repository_id, new.pull_request, new.source_key) is distinct from (old.repository_id, old.pull_request, old.source_key)
        then raise exception 'rows of % stand for ever', tg_table_name using errcode = 'integrity_constraint_violation'; end if;
      return new;
    end $$`,
  `drop trigger votes_stand on votes`,
  `create trigger votes_stand before update on votes for each row execute function refuse_other_change()`,
  `create trigger votes_remain before delete on votes for each row execute function refuse_change()`,
];
