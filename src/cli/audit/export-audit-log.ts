import { resolve } from 'node:path';
import { auditExport } from '../audit-export.ts';
import { withCommandStore } from '../compose/command-store.ts';
import type { Terminal } from '../terminal.ts';
import { auditOutputOf } from './audit-output-of.ts';
import { sealFirst } from './seal-first.ts';

export async function exportAuditLog(terminal: Terminal, wanted: { readonly file: string | null; readonly account: number | null; readonly format: 'ndjson' | 'tiles' }): Promise<number> {
  return await withCommandStore(terminal, async (operations) => {
    await sealFirst(terminal, operations, wanted.account);
    const { audit, publicKeys } = operations;
    const file = wanted.file === null ? null : resolve(terminal.directory, wanted.file);
    return await auditExport({ account: wanted.account, format: wanted.format, file, audit, publicKeys, output: auditOutputOf(terminal) });
  });
}
