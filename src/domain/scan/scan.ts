import type { RepositoryRef } from '../repository.ts';
import type { Sha } from '../tree.ts';

/** When a repository is looked at and scanned next, and what the last scan saw of it. */
export interface ScanPlan {
  readonly repository: RepositoryRef;
  /** Its default branch. */
  readonly branch: string;
  /** When it is looked at next, by its schedule or to read that again: ISO 8601. */
  readonly nextAt: string;
  /** When its schedule wants it measured, as that was read last; null: it never was, and is measured once it is looked at. */
  readonly due: DueScan | null;
  /** What was scanned last; null: never. */
  readonly scanned: ScannedTip | null;
  /** Since when scans of it fail, ISO 8601; null: the last one did not. */
  readonly failedSince: string | null;
}

export interface DueScan {
  /** Five fields as in cron, in UTC. */
  readonly schedule: string;
  /** ISO 8601. */
  readonly at: string;
}

export interface ScannedTip {
  readonly commit: Sha;
  /** How many it has for its default branch, those included whose file is broken. */
  readonly behaviors: number;
  /** Paths of behaviour files that nothing can be measured by. */
  readonly broken: readonly string[];
  /** Milliseconds above which the mean time to repair is told; null: none. */
  readonly repairTarget: number | null;
}

/** Repositories of one account that are scanned together: what they may open is bounded together. */
export interface Scan {
  /** UUIDv7. */
  readonly id: string;
  readonly accountId: number;
  /** ISO 8601. */
  readonly begunAt: string;
  /** `command`: of one repository, because somebody asked. `measurement`: of one that was measured while no scan waited for it, as after a merge. */
  readonly trigger: 'schedule' | 'command' | 'measurement';
  /** Who is told what it found; null: nobody asked. */
  readonly asked: AskedScan | null;
}

/** The comment that asked for a scan of its repository. */
export interface AskedScan {
  readonly repository: RepositoryRef;
  readonly pullRequest: number;
  readonly comment: number;
  readonly login: string;
}

/** What a scan still has to do with a repository: `waiting` to measure it, or `confirming` what that found. */
export type UnsettledOutcome = 'waiting' | 'confirming';

/** `failed`: it could not be scanned to its end, however often it was tried. */
export type SettledOutcome = 'measured' | 'failed';

export type ScanOutcome = UnsettledOutcome | SettledOutcome;
