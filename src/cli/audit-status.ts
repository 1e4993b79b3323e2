import type { LogStatus } from '../flows/log-status.ts';
import type { Operations } from '../flows/operations.ts';
import { terminalText } from '../render/escape.ts';
import { holdText } from './audit/hold-text.ts';
import type { AuditOutput } from './audit-output.ts';

export interface AuditStatusOptions {
  readonly operations: Pick<Operations, 'statuses'>;
  /** `json`: one object per line and log. */
  readonly format: 'pretty' | 'json';
  readonly output: AuditOutput;
}

/** Shows how each log stands: how far it is sealed and anchored, and when the server verified it last. Answers 1 where one is blocked or was found tampered with, else 0. */
export async function auditStatus({ operations, format, output }: AuditStatusOptions): Promise<number> {
  const statuses = await operations.statuses();
  if (statuses.length === 0 && format === 'pretty') await output.write('The store has no log yet. It begins with what is judged first.\n');
  for (const status of statuses) await output.write(format === 'json' ? `${JSON.stringify(status)}\n` : pretty(status));
  return statuses.some(({ blocked, selfAudit }) => blocked !== null || selfAudit?.outcome === 'tampered') ? 1 : 0;
}

function pretty({ account, entries, sealed, blocked, selfAudit, anchors, holds }: LogStatus): string {
  const lines = [
    sealed === null ? 'not sealed yet' : `sealed to ${sealed.size} at ${sealed.at.toISOString()}`,
    ...(blocked === null ? [] : [`blocked: ${blocked}`]),
    selfAudit === null ? 'not verified by the server yet' : `${selfAudit.outcome} by the server at ${selfAudit.at.toISOString()}: ${selfAudit.sealed} of ${selfAudit.entries} entries sealed`,
    ...anchors.map(({ anchor, size, at, behindSince }) => `anchored (${anchor}) to ${size} at ${at.toISOString()}${behindSince === null ? '' : `, behind since ${behindSince.toISOString()}`}`),
    ...holds.map(holdText),
  ];
  return `account ${account}  ${entries} entries\n${lines.map((line) => `  ${terminalText(line)}\n`).join('')}`;
}
