/** What was judged, in parts, once per account and digest. A part never changes; retention may erase it. */
export const judgedInputs: readonly string[] = [
  `create table audit_inputs (account_id bigint not null, digest text not null, gzip bytea not null, primary key (account_id, digest))`,
  // It is compressed already.
  `alter table audit_inputs alter column gzip set storage external`,
  `create trigger audit_inputs_stand before update on audit_inputs for each row execute function refuse_change()`,
];
