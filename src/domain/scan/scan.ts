import type { RepositoryRef } from '../repository.ts';
import type { Sha } from '../tree.ts';

/** When a repository is scanned next, and what the last scan saw of it. */
export interface ScanPlan {
  readonly repository: RepositoryRef;
  /** Its default branch. */
  readonly branch: string;
  /** ISO 8601. */
  readonly nextAt: string;
  /** The tip that was scanned last, and how many behaviours it has for it; null: never. */
  readonly scanned: { readonly commit: Sha; readonly behaviors: number } | null;
}

/** Repositories of one account that are scanned together: what they may open is bounded together. */
export interface Scan {
  /** UUIDv7. */
  readonly id: string;
  readonly accountId: number;
  /** ISO 8601. */
  readonly begunAt: string;
  /** `command`: of one repository, because somebody asked. */
  readonly trigger: 'schedule' | 'command';
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

/** `failed`: it could not be scanned to its end, however often it was tried. */
export type ScanOutcome = 'waiting' | 'measured' | 'failed';
