/**
 * What was made `confirming` by 0020, and has no confirmation on its way, waits for its first measurement: a job of that which is buried settles it at once,
 * and no longer after six hours alone.
 */
export const awaitedMeasurements: readonly string[] = [
  `update scan_repositories set state = 'waiting' from scans where scans.id = scan_repositories.scan_id and scans.concluded_at is null and state = 'confirming'
    and not exists (select from jobs where jobs.key = 'confirm-scan:' || scan_repositories.repository_id)`,
];
