/** A repository that was measured for a scan, and has only to be confirmed, is `confirming`. What waits for an open scan may be either: a confirmation may be on its way. */
export const confirmingScans: readonly string[] = [
  `update scan_repositories set state = 'confirming' from scans where scans.id = scan_repositories.scan_id and scans.concluded_at is null and state = 'waiting'`,
  `create index scan_repositories_unsettled on scan_repositories (repository_id) where state in ('waiting', 'confirming')`,
];
