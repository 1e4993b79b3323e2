import type { DriftOutcome, DriftRun } from './drift-record.ts';
import type { KeptDrift } from './scanned-behavior.ts';
import { newestRuns, repairTimeOf } from './repair-time.ts';
import type { RepairTime } from './repair-time.ts';

/** How an account's drifts stand, and how well they are mended. */
export interface RemediationStatistics {
  /** Behaviours by what their last measurement said. */
  readonly behaviors: { readonly [Outcome in DriftOutcome]: number };
  /** The newest drifts that were verified clean, the newest first. */
  readonly lastRuns: readonly DriftRun[];
  /** Of the drifts of 30 days that were verified clean, and those that stand now: the share of the first. Null where there was none. */
  readonly success: { readonly mended: number; readonly standing: number; readonly rate: number | null };
  /** Null: nothing was mended yet. */
  readonly repairTime: RepairTime | null;
  /** By the id of the playbook that the behaviour names; `-` of those that name none. */
  readonly byPlaybook: Readonly<Record<string, RepairTime>>;
}

const month = 30 * 86_400_000;

/** @param runs The newest of the account, the newest first. @param quiet Behaviours beside those drifts, which pass. */
export function remediationStatistics(drifts: readonly KeptDrift[], runs: readonly DriftRun[], now: Date, quiet = 0): RemediationStatistics {
  const count = (outcome: DriftOutcome): number => drifts.filter(({ record }) => record.last === outcome).length;
  const mended = runs.filter(({ cleanAt }) => now.getTime() - Date.parse(cleanAt) < month).length;
  const standing = drifts.filter(({ record }) => record.standing === 'drift').length;
  const groups = Map.groupBy(runs, playbookOfRun);
  return {
    behaviors: { pass: count('pass') + quiet, drift: count('drift'), inconclusive: count('inconclusive'), error: count('error') },
    lastRuns: runs.slice(0, newestRuns),
    success: { mended, standing, rate: mended + standing === 0 ? null : mended / (mended + standing) },
    repairTime: repairTimeOf(runs),
    byPlaybook: Object.fromEntries([...groups].flatMap(([playbook, group]) => repairTimes(playbook, group)).toSorted(([a], [b]) => (a < b ? -1 : 1))),
  };
}

/** Under which the statistics tell of a run. */
export function playbookOfRun({ playbook }: Pick<DriftRun, 'playbook'>): string {
  return playbook ?? '-';
}

function repairTimes(playbook: string, runs: readonly DriftRun[]): readonly (readonly [string, RepairTime])[] {
  const time = repairTimeOf(runs);
  return time === null ? [] : [[playbook, time]];
}
