import { alarmsOf } from '../../flows/audit-alarms.ts';
import type { AuditAlarm } from '../../flows/audit-alarms.ts';
import { anchorNames } from '../../config/anchor-names.ts';
import type { Config } from '../../config.ts';
import type { LogStatus } from '../../flows/log-status.ts';
import { newestMigration } from '../../store/migrate.ts';
import { withCommandStore } from '../compose/command-store.ts';
import { inspectDatabase } from '../compose/inspect-database.ts';
import { diagnosis } from './diagnosis.ts';
import type { Diagnosis } from './diagnosis.ts';
import { usableSettings } from './look-at-settings.ts';
import type { Patient } from './run-doctor.ts';

/** Whether a log is blocked, an anchor behind, or the server's own verification late. Nothing where there is no store of this version: that is told with the database. */
export async function lookAtLogs({ terminal }: Patient): Promise<readonly Diagnosis[]> {
  const config = usableSettings(terminal);
  if (config === null) return [];
  const found = await inspectDatabase({ databaseUrl: config.databaseUrl?.reveal() ?? null, directory: config.dataDirectory });
  if (found.kind !== 'served' && (found.kind !== 'migrated' || found.newest !== newestMigration)) return [];
  const statuses = await withCommandStore(terminal, async (operations) => await operations.statuses());
  const alarms = alarmsOf(statuses, limitsOf(config), terminal.now());
  return statuses.length === 0 ? [] : alarms.length === 0 ? [diagnosis('audit log', 'ok', statuses.map(audited).join('\n'))] : alarms.map(told);
}

function limitsOf(config: Config) {
  return { anchors: anchorNames(config), anchorLateMs: config.anchorLateMs, selfAuditEveryMs: config.selfAuditMs };
}

function audited({ account, selfAudit }: LogStatus): string {
  return `account ${account}: ${selfAudit === null ? 'not verified by the server yet' : `${selfAudit.outcome} by the server at ${selfAudit.at.toISOString()}`}`;
}

function told(alarm: AuditAlarm): Diagnosis {
  const name = `audit log ${alarm.account}`;
  switch (alarm.kind) {
    case 'log-blocked':
      return diagnosis(name, 'fail', `blocked: ${alarm.why}`, 'Find the first wrong entry: plumbline audit verify store');
    case 'log-lost':
      return diagnosis(name, 'fail', `has ${alarm.entries} entries; ${alarm.known} were there when it was verified, sealed or anchored`, 'Restore the store from a backup, and find who changed it');
    case 'self-audit-failed':
      return diagnosis(name, 'fail', 'found tampered with when the server verified it last', 'Find the first wrong entry: plumbline audit verify store');
    case 'self-audit-unchecked':
      return diagnosis(name, 'fail', 'could not be verified when the server looked at it last', 'The log of the server says why: audit log not verified. Name former log keys with LOG_KEY_PREVIOUS');
    case 'anchor-late':
      return diagnosis(name, 'fail', `the anchor ${alarm.anchor} has not taken a checkpoint since ${alarm.since.toISOString()}`, 'The log of the server says why: checkpoint not anchored');
    case 'self-audit-late':
      return diagnosis(name, 'fail', `verified by the server ${alarm.last === null ? 'never' : `last at ${alarm.last.toISOString()}`}`, 'See whether the server runs and what its log says: audit log not verified');
  }
}
