import type { KeptDrift } from '../../domain/drift/scanned-behavior.ts';

/** Ids of repositories in which something is confirmed to drift that may be written about. */
export function driftedRepositories(drifts: readonly KeptDrift[]): ReadonlySet<number> {
  return new Set(drifts.filter(({ record, scanned }) => record.standing === 'drift' && scanned.decides).map(({ record }) => record.repositoryId));
}
