/** The audit log. What was appended can be neither changed nor removed through this connection; openings can be erased. */
export const auditLog: readonly string[] = [
  `create table audit_heads (account_id bigint primary key, size bigint not null, last_time timestamptz not null, blocked text)`,
  `create table audit_leaves (account_id bigint not null, sequence bigint not null, leaf bytea not null, leaf_hash bytea not null, primary key (account_id, sequence))`,
  `create table audit_openings (
    account_id bigint not null, sequence bigint not null, place smallint not null, digest text not null, nonce bytea not null, bytes bytea not null,
    primary key (account_id, sequence, place))`,
  `create table audit_checkpoints (account_id bigint not null, size bigint not null, note text not null, sealed_at timestamptz not null, primary key (account_id, size))`,
  `create function refuse_change() returns trigger language plpgsql as $$
    begin raise exception 'rows of % stand for ever', tg_table_name using errcode = 'integrity_constraint_violation'; end $$`,
  `create function refuse_shrinking() returns trigger language plpgsql as $$
    begin
      if new.size < old.size or new.account_id <> old.account_id then raise exception 'a log never shrinks' using errcode = 'integrity_constraint_violation'; end if;
      return new;
    end $$`,
  ...['audit_leaves', 'audit_checkpoints', 'releases'].flatMap((table) => [
    `create trigger ${table}_stand before update or delete on ${table} for each row execute function refuse_change()`,
    `create trigger ${table}_stay before truncate on ${table} for each statement execute function refuse_change()`,
  ]),
  `create trigger audit_openings_stand before update on audit_openings for each row execute function refuse_change()`,
  `create trigger audit_heads_stay before delete on audit_heads for each row execute function refuse_change()`,
  `create trigger audit_heads_grow before update on audit_heads for each row execute function refuse_shrinking()`,
];
