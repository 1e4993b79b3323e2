import { auditVerify } from '../audit-verify.ts';
import { withCommandStore } from '../compose/command-store.ts';
import type { Terminal } from '../terminal.ts';
import { auditOutputOf } from './audit-output-of.ts';

export interface AuditToVerify {
  /** A path, or `store`. */
  readonly source: string;
  readonly keys: readonly string[];
  readonly checkpoints: readonly string[];
  readonly account: number | null;
  readonly format: 'pretty' | 'json';
}

export async function verifyAudit(terminal: Terminal, { source, account, ...wanted }: AuditToVerify): Promise<number> {
  const options = { ...wanted, output: auditOutputOf(terminal) };
  if (source !== 'store') return await auditVerify({ ...options, source: { kind: 'file', path: source } });
  return await withCommandStore(terminal, async ({ store, publicKeys }) => await auditVerify({ ...options, source: { kind: 'store', audit: store.audit, account, publicKeys } }));
}
