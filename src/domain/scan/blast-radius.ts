import type { KeptDrift } from '../drift/scanned-behavior.ts';
import type { ScanPlan } from './scan.ts';

/** Repositories of an account that one scan may open remediations in: three, or a tenth of those that are governed. A detector that marks more is broken. */
export function mostRemediated(governed: number): number {
  return Math.max(3, Math.floor(governed / 10));
}

/** How far drift reaches in an account. */
export interface BlastRadius {
  /** Ids of repositories in which something is confirmed to drift that may be written about. */
  readonly drifted: ReadonlySet<number>;
  /** Repositories with behaviours. */
  readonly governed: number;
  /** That may be remediated. */
  readonly most: number;
  readonly isBeyond: boolean;
}

export function blastRadiusOf(plans: readonly ScanPlan[], drifts: readonly KeptDrift[]): BlastRadius {
  const governed = plans.filter(({ scanned }) => (scanned?.behaviors ?? 0) > 0).length;
  const drifted = driftedRepositories(drifts);
  const most = mostRemediated(governed);
  return { drifted, governed, most, isBeyond: drifted.size > most };
}

/** Ids of repositories in which something is confirmed to drift that may be written about. */
export function driftedRepositories(drifts: readonly KeptDrift[]): ReadonlySet<number> {
  return new Set(drifts.filter(({ record, scanned }) => record.standing === 'drift' && scanned.decides).map(({ record }) => record.repositoryId));
}
