import { resolve } from 'node:path';
import { readLeaves } from '../../flows/read-audit-log.ts';
import { pickAccount } from '../audit-account.ts';
import { auditProve } from '../audit-prove.ts';
import { withCommandStore } from '../compose/command-store.ts';
import type { Terminal } from '../terminal.ts';
import { auditOutputOf } from './audit-output-of.ts';
import { openExport } from './open-export.ts';
import { refuseAccountOfFile } from './refuse-account-of-file.ts';
import { sealFirst } from './seal-first.ts';

export interface AuditToProve {
  readonly entry: string | null;
  readonly from: number | null;
  /** A path, or `store`. */
  readonly source: string;
  readonly account: number | null;
  readonly format: 'json' | 'c2sp';
}

export async function proveAudit(terminal: Terminal, { source, account, ...wanted }: AuditToProve): Promise<number> {
  refuseAccountOfFile(source, account);
  const output = auditOutputOf(terminal);
  if (source !== 'store') return await auditProve({ ...wanted, output, log: await openExport(resolve(terminal.directory, source)) });
  return await withCommandStore(terminal, async (operations) => {
    await sealFirst(terminal, operations, account);
    const { audit, publicKeys } = operations;
    return await auditProve({ ...wanted, output, log: await readLeaves(audit, await pickAccount(audit, account), publicKeys) });
  });
}
