/** Of which pull request usage was charged, so that it stays known while that is open; null: charged by an older version. Tables of usage are pruned by time. */
export const chargedPullRequests: readonly string[] = [
  `alter table usage_of_evidence add column pull_request bigint`,
  `create index usage_of_evidence_charged on usage_of_evidence (charged_at)`,
  `create index usage_totals_quarter on usage_totals (quarter)`,
  `create index usage_reservations_settled on usage_reservations (at) where not is_open`,
];
