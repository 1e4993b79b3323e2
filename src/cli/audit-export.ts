import { Failure } from '../domain/failure.ts';
import { exportAudit } from '../flows/export-audit.ts';
import { exportTiles } from '../flows/export-tiles.ts';
import type { AuditReader } from '../flows/ports/audit-log.ts';
import { writeTiles } from './audit/write-tiles.ts';
import { pickAccount } from './audit-account.ts';
import type { AuditOutput } from './audit-output.ts';
import { writeFileWhole } from './write-file-whole.ts';

export interface AuditExportOptions {
  readonly audit: AuditReader;
  /** Null: the only one in the store. */
  readonly account: number | null;
  /** The server's own log keys, 32 bytes each: named in the export. */
  readonly publicKeys: readonly Uint8Array[];
  /** Where to write; must not exist. Null: to the output. */
  readonly file: string | null;
  /** `tiles`: to a folder, which may hold an earlier export of the same log. Left out: NDJSON. */
  readonly format?: 'ndjson' | 'tiles';
  readonly output: AuditOutput;
}

/** Writes a log for others to verify. A file is whole or not there; a folder is whole once it has its checkpoint. Answers the exit code 0; trouble is thrown. */
export async function auditExport(options: AuditExportOptions): Promise<number> {
  if (options.format === 'tiles' && options.file === null) throw new Failure('USAGE', 'Cannot write tiles to standard output: name a folder for them.');
  const account = await pickAccount(options.audit, options.account);
  if (options.format === 'tiles' && options.file !== null) {
    await writeTiles(options.file, await exportTiles(options.audit, account, options.publicKeys));
    return 0;
  }
  const lines = exportAudit(options.audit, account, options.publicKeys);
  if (options.file === null) for await (const line of lines) await options.output.write(line);
  else await writeFileWhole(options.file, lines);
  return 0;
}
