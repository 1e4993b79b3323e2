/**
 * What is asked of all drifts of an account at each remediation, without reading them: `opens_since` is when the drift that stands was confirmed, where
 * something may be opened for it, and `looked_since` the same of the drift whose remediation was looked at last, and was not held back.
 */
export const driftsToOpen: readonly string[] = [
  `alter table drifts add column playbook text, add column opens_since timestamptz, add column looked_since timestamptz`,
  `create index drifts_to_open on drifts (account_id) where opens_since is not null`,
  // How often a drift comes and goes its own record tells.
  `drop table remediation_flaps`,
  `alter table scan_plans add column behaviors integer not null default 0`,
  `update scan_plans set behaviors = coalesce((plan::jsonb #>> '{scanned,behaviors}')::integer, 0), next_at = least(next_at, now() + interval '1 day')`,
];
