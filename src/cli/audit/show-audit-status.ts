import { auditStatus } from '../audit-status.ts';
import { withCommandStore } from '../compose/command-store.ts';
import type { Terminal } from '../terminal.ts';
import { auditOutputOf } from './audit-output-of.ts';

export async function showAuditStatus(terminal: Terminal, format: 'pretty' | 'json'): Promise<number> {
  return await withCommandStore(terminal, async (operations) => await auditStatus({ operations, format, output: auditOutputOf(terminal) }));
}
