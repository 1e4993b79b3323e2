/** What entries of the audit log refer to, once per account and digest. It stands as the entries do. */
export const auditSnapshots: readonly string[] = [
  `create table audit_snapshots (account_id bigint not null, digest text not null, gzip bytea not null, primary key (account_id, digest))`,
  // It is compressed already.
  `alter table audit_snapshots alter column gzip set storage external`,
  `create trigger audit_snapshots_stand before update or delete on audit_snapshots for each row execute function refuse_change()`,
  `create trigger audit_snapshots_stay before truncate on audit_snapshots for each statement execute function refuse_change()`,
];
