import type { AuditEvent } from '../../src/audit/entry.ts';

/** The flows that append each event. */
export const flowsOf: Readonly<Record<AuditEvent, readonly string[]>> = {
  'decision.made': ['keep-decision'],
  'effect.performed': ['perform-commit', 'perform-effects', 'perform-pull-request', 'remediation/wishes'],
  'effect.failed': ['perform-commit', 'perform-effects', 'perform-pull-request', 'remediation/wishes'],
  'change.merged': ['record-branch'],
  'release.recorded': ['record-branch'],
  'release.adopted': ['record-branch'],
  'release.state_changed': ['record-branch'],
  'config.seen': ['see-configuration'],
  'config.detached': ['detach-configuration'],
  'job.buried': ['conclude-buried'],
  'failure.recorded': ['resume-audit', 'sweep-stale-evaluations'],
  'checkpoint.sealed': ['seal-checkpoint'],
  'key.rotated': ['state-keys'],
  'command.run': ['commands/append-command', 'mend-contracts'],
  'approval.given': ['commands/keep-vote'],
  'approval.counted': ['append-approvals'],
  'approval.rejected': ['commands/keep-vote'],
  'approval.withdrawn': ['append-approvals', 'commands/keep-vote'],
  'action.allowed': ['append-actions'],
  'action.blocked': ['append-actions'],
  'request.granted': ['record-branch'],
  'waiver.granted': ['record-branch'],
  'waiver.expired': ['scan/keep-leftovers'],
  'whitelist.expired': ['scan/keep-leftovers'],
  'whitelist.unused': ['scan/keep-leftovers'],
  'usage.reserved': ['usage/reserve-usage'],
  'usage.refused': ['usage/reserve-usage'],
  'usage.settled': ['usage/settle-usage'],
  'usage.expired': ['usage/expire-reservation'],
  'usage.charged': ['usage/charge-evidence'],
  'usage.near': ['usage/tell-windows'],
  'usage.exceeded': ['usage/tell-windows'],
  'usage.breached': ['usage/append-breach'],
  'drift.detected': ['scan/append-drift-change'],
  'drift.changed': ['scan/append-drift-change'],
  'drift.cleared': ['scan/append-drift-change'],
  'drift.forgotten': ['scan/append-drift-change'],
  'scan.concluded': ['scan/act-on-scan'],
  'digest.intent': ['digest/update-digest'],
  'digest.updated': ['digest/update-digest'],
  'digest.refused': ['digest/update-digest'],
  'remediation.intent': ['remediation/perform-issue-step', 'remediation/remediation-run'],
  'remediation.created': ['remediation/perform-issue-step', 'remediation/remediation-run'],
  'remediation.adopted': ['remediation/perform-issue-step', 'remediation/remediation-run'],
  'remediation.updated': ['remediation/perform-issue-step', 'remediation/remediation-run'],
  'remediation.skipped': ['remediation/remediation-run'],
  'remediation.frozen': ['remediation/remediation-run'],
  'remediation.superseded': ['remediation/perform-issue-step', 'remediation/remediation-run'],
  'remediation.closed': ['remediation/perform-issue-step', 'remediation/remediation-run'],
  'remediation.merged': ['remediation/remediation-run'],
  'remediation.ineffective': ['remediation/remediation-run'],
  'remediation.slow': ['scan/append-slow-repairs'],
  'remediation.suppressed': ['remediation/perform-issue-step', 'remediation/remediation-run'],
  'remediation.unsuppressed': ['remediation/remediation-run'],
  'remediation.error': ['remediation/perform-issue-step', 'remediation/remediation-run', 'remediation/tell-buried-remediation'],
  'retention.applied': ['retention/apply-retention', 'retention/erase-judged'],
  'retention.erased': ['retention/erase-judged', 'retention/erase-on-request'],
  'retention.held': ['retention/hold-entries'],
  'retention.released': ['retention/hold-entries'],
};

/** Those that were seen to in this process, in a log in memory. */
const seen = new Map<AuditEvent, Set<string>>();

/** Looks who calls: what a test appends itself is nothing that a flow does. */
export function noteAppended(event: AuditEvent): void {
  const flows = seen.get(event) ?? new Set();
  // To look costs more than to append.
  if (flowsOf[event].every((flow) => flows.has(flow))) return;
  const flow = /\/src\/flows\/([a-z/-]+)\.ts/.exec(new Error(event).stack ?? '')?.[1];
  if (flow !== undefined) seen.set(event, flows.add(flow));
}

/** Per event the flows that are named, and were not seen to append it. */
export function flowsUnseen(): readonly string[] {
  return Object.entries(flowsOf).flatMap(([event, flows]) => flows.filter((flow) => ![...seen].some(([of, by]) => of === event && by.has(flow))).map((flow) => `${event} by ${flow}`));
}
