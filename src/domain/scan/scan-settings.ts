import { durationOf } from '../duration.ts';
import { member } from '../configuration/member.ts';
import type { JsonObject } from '../json-value.ts';
import { pauseWindowOf } from './pause-window.ts';
import type { PauseWindow } from './pause-window.ts';

/** How a configuration wants its repository scanned. Durations are milliseconds. */
export interface ScanSettings {
  /** Five fields as in cron, in UTC. */
  readonly schedule: string;
  /** Between a measurement and the one that confirms it. */
  readonly confirmAfter: number;
  readonly remediation: 'report' | 'propose' | 'auto';
  /** Mean time from a confirmed drift to verified clean above which people are told; null: none is written, and people merge. */
  readonly repairTarget: number | null;
  /** In which nothing is opened. */
  readonly pauseWindows: readonly PauseWindow[];
}

/** Once a night. */
export const usualSchedule = '17 3 * * *';

export const usualConfirmation = 60_000;

/** Where remediations merge by themselves. */
const usualTarget = 120_000;

/** Of a document that its schema allows. */
export function scanSettingsOf(document: JsonObject): ScanSettings {
  const drift = member.object(document, 'drift');
  const remediation = member.text(drift, 'remediation');
  return {
    schedule: member.text(drift, 'schedule') ?? usualSchedule,
    confirmAfter: durationOf(member.text(drift, 'confirmAfter') ?? '') ?? usualConfirmation,
    remediation: remediation === 'report' || remediation === 'auto' ? remediation : 'propose',
    repairTarget: durationOf(member.text(drift, 'repairTarget') ?? '') ?? (remediation === 'auto' ? usualTarget : null),
    pauseWindows: member.objects(drift, 'pauseWindows').map(pauseWindowOf),
  };
}
