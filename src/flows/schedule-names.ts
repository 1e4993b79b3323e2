/** Names under which schedules stand in the queue. */
export const reconcileSchedule = 'reconcile-pull-requests';
export const repairSchedule = 'repair-deliveries';
export const expirySchedule = 'sweep-expired-decisions';
export const watchdogSchedule = 'sweep-stale-evaluations';
export const stalledSchedule = 'sweep-stalled-effects';
export const sealSchedule = 'seal-checkpoints';
export const anchorSchedule = 'anchor-checkpoints';
export const selfAuditSchedule = 'audit-own-logs';
export const listSchedule = 'list-repositories';
export const scanSchedule = 'begin-scans';
export const lateScanSchedule = 'conclude-late-scans';
export const retentionSchedule = 'apply-retention';
export const pruneSchedule = 'prune-store';
