/** What each anchor has, what witnesses signed of which checkpoint, and when each log was last verified by the server itself. */
export const auditWatch: readonly string[] = [
  `create table audit_anchors (account_id bigint not null, anchor text not null, size bigint not null, anchored_at timestamptz not null, primary key (account_id, anchor))`,
  `create table audit_cosignatures (account_id bigint not null, size bigint not null, anchor text not null, line text not null, primary key (account_id, size, anchor))`,
  `create table audit_self_audits (account_id bigint primary key, audited_at timestamptz not null, entries bigint not null, sealed bigint not null, outcome text not null)`,
];
