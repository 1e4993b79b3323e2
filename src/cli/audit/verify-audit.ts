import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { auditVerify } from '../audit-verify.ts';
import { withCommandStore } from '../compose/command-store.ts';
import type { Terminal } from '../terminal.ts';
import { auditOutputOf } from './audit-output-of.ts';
import { sealFirst } from './seal-first.ts';

export interface AuditToVerify {
  /** A path, or `store`. */
  readonly source: string;
  readonly keys: readonly string[];
  readonly checkpoints: readonly string[];
  readonly account: number | null;
  readonly format: 'pretty' | 'json';
}

export async function verifyAudit(terminal: Terminal, { source, account, ...wanted }: AuditToVerify): Promise<number> {
  const within = (path: string): string => resolve(terminal.directory, path);
  // A key is text or the name of a file with one.
  const keys = wanted.keys.map((key) => (existsSync(within(key)) ? within(key) : key));
  const options = { keys, checkpoints: wanted.checkpoints.map(within), format: wanted.format, output: auditOutputOf(terminal) };
  if (source !== 'store') return await auditVerify({ ...options, source: { kind: 'file', path: within(source) } });
  return await withCommandStore(terminal, async (operations) => {
    await sealFirst(terminal, operations, account);
    const { audit, publicKeys } = operations;
    return await auditVerify({ ...options, source: { kind: 'store', audit, account, publicKeys } });
  });
}
