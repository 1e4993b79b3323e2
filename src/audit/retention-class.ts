import { auditEvents } from './entry.ts';
import type { AuditEvent } from './entry.ts';

/** What entries are kept as: a period is set for each. `record` is what shows how the log came to be as it is, and what was released: it stands for ever. */
export const retentionClasses = ['decisions', 'grants', 'commands', 'operation', 'drift'] as const;

export type RetentionClass = (typeof retentionClasses)[number];

const classes: Readonly<Record<AuditEvent, RetentionClass | 'record'>> = {
  'decision.made': 'decisions',
  'action.allowed': 'decisions',
  'action.blocked': 'decisions',
  'change.merged': 'decisions',
  'approval.given': 'grants',
  'approval.counted': 'grants',
  'approval.rejected': 'grants',
  'approval.withdrawn': 'grants',
  'waiver.granted': 'grants',
  'request.granted': 'grants',
  'command.run': 'commands',
  'effect.performed': 'operation',
  'effect.failed': 'operation',
  'config.seen': 'operation',
  'config.detached': 'operation',
  'job.buried': 'operation',
  'failure.recorded': 'operation',
  'waiver.expired': 'operation',
  'whitelist.expired': 'operation',
  'whitelist.unused': 'operation',
  'usage.reserved': 'operation',
  'usage.refused': 'operation',
  'usage.settled': 'operation',
  'usage.expired': 'operation',
  'usage.charged': 'operation',
  'usage.near': 'operation',
  'usage.exceeded': 'operation',
  'usage.breached': 'operation',
  'drift.detected': 'drift',
  'drift.changed': 'drift',
  'drift.cleared': 'drift',
  'drift.forgotten': 'drift',
  'scan.concluded': 'drift',
  'digest.intent': 'drift',
  'digest.updated': 'drift',
  'digest.refused': 'drift',
  'remediation.intent': 'drift',
  'remediation.created': 'drift',
  'remediation.adopted': 'drift',
  'remediation.updated': 'drift',
  'remediation.skipped': 'drift',
  'remediation.frozen': 'drift',
  'remediation.superseded': 'drift',
  'remediation.closed': 'drift',
  'remediation.merged': 'drift',
  'remediation.ineffective': 'drift',
  'remediation.slow': 'drift',
  'remediation.suppressed': 'drift',
  'remediation.unsuppressed': 'drift',
  'remediation.error': 'drift',
  'release.recorded': 'record',
  'release.adopted': 'record',
  'release.state_changed': 'record',
  'checkpoint.sealed': 'record',
  'key.rotated': 'record',
  'retention.applied': 'record',
  'retention.erased': 'record',
  'retention.held': 'record',
  'retention.released': 'record',
};

const byEvent: ReadonlyMap<string, RetentionClass | 'record'> = new Map(Object.entries(classes));

/** An event that this release does not know is of the record: nothing of it is erased. */
export function retentionClassOf(event: string): RetentionClass | 'record' {
  return byEvent.get(event) ?? 'record';
}

export function eventsOfClass(wanted: RetentionClass | 'record'): readonly AuditEvent[] {
  return auditEvents.filter((event) => classes[event] === wanted);
}
