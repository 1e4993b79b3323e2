import type { Leftover } from '../leftover/leftover.ts';
import type { Hold } from '../remediation/remediation-state.ts';
import type { DriftRun } from './drift-record.ts';
import type { RemediationStatistics } from './remediation-statistics.ts';
import type { RepairTime } from './repair-time.ts';

/** What people of an account are told about drift beside pull requests and issues. Names and reasons are hostile text. Instants are ISO 8601. */
export interface DriftDigest {
  /** Something would be opened in more repositories than one scan may remediate; null: within the bound. */
  readonly alarm: { readonly drifted: number; readonly governed: number; readonly most: number } | null;
  readonly held: readonly (DigestEntry & { readonly by: Hold })[];
  /** For people to look at: nothing goes on by itself. */
  readonly stuck: readonly (DigestEntry & { readonly why: string })[];
  readonly flapping: readonly (DigestEntry & { readonly flips: number })[];
  readonly unmeasured: readonly Unmeasured[];
  readonly suppressed: readonly (DigestEntry & { readonly until: string })[];
  /** Nothing is opened for them: they are only observed, or nothing is to be proposed. */
  readonly reported: readonly DigestEntry[];
  /** Entries of whitelists and waiver files that somebody may clean up. */
  readonly leftovers: readonly DigestLeftover[];
  /** How many of all these lists are left out, since readers of the digest may not see the repositories that they are about. */
  readonly hidden: number;
  readonly success: RemediationStatistics['success'];
  /** By the id of the playbook, as the statistics name it. */
  readonly repairs: readonly PlaybookRepairs[];
  /** The newest first. */
  readonly newest: readonly (DriftRun & { readonly repository: string })[];
}

export interface DigestEntry {
  /** Full name. */
  readonly repository: string;
  readonly behavior: string;
  /** Names of metrics that drifted. */
  readonly metrics: readonly string[];
  /** Of the drift. */
  readonly since: string;
  /** URL of the pull request or the issue that it is about; null for none. */
  readonly link: string | null;
}

export interface DigestLeftover extends Leftover {
  /** Full name of the repository that permits it; null: the organisation does. */
  readonly repository: string | null;
}

export interface Unmeasured {
  readonly repository: string;
  /** A behaviour, the path of its file where that is broken, or all of the repository. */
  readonly what: { readonly kind: 'behavior' | 'file'; readonly name: string } | { readonly kind: 'repository' };
  /** Null: not known. */
  readonly since: string | null;
  /** Null: nothing that stays the same. */
  readonly why: string | null;
}

export interface PlaybookRepairs {
  readonly playbook: string;
  readonly time: RepairTime;
  /** Milliseconds; null: none is set. */
  readonly target: number | null;
}

/** Whether the mean is above the target. */
export function isSlow({ time, target }: PlaybookRepairs): boolean {
  return target !== null && time.mean > target;
}

/** Whether there is nothing that anybody has to know: what was repaired alone is no news. */
export function isQuiet(digest: DriftDigest): boolean {
  return tellsNoDrift(digest) && digest.leftovers.length === 0;
}

/** Whether nothing of it is about drift. */
export function tellsNoDrift({ alarm, held, stuck, flapping, unmeasured, suppressed, reported, repairs }: DriftDigest): boolean {
  return alarm === null && [held, stuck, flapping, unmeasured, suppressed, reported].every((list) => list.length === 0) && !repairs.some(isSlow);
}
