import { resolve } from 'node:path';
import type { UsageSource } from '../../domain/usage/model-usage.ts';
import { auditOutputOf } from '../audit/audit-output-of.ts';
import { instantOption } from '../audit/instant-option.ts';
import { withCommandStore } from '../compose/command-store.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';
import { writeFileWhole } from '../write-file-whole.ts';
import { usageAskedBy } from './usage-to-read.ts';
import type { UsageToRead } from './usage-to-read.ts';
import { whyNotTold } from './why-not-told.ts';

export interface UsageRowsToWrite extends UsageToRead {
  readonly source: UsageSource | null;
  /** Null: to standard output. */
  readonly file: string | null;
}

/** Writes what was charged as FOCUS rows. A file is whole or not there. */
export async function exportUsageRows(terminal: Terminal, wanted: UsageRowsToWrite): Promise<number> {
  const [from, to] = [instantOption('--from', wanted.from), instantOption('--to', wanted.to)];
  return await withCommandStore(terminal, async (operations) => {
    const asked = await usageAskedBy(operations, wanted);
    const found = await operations.exportUsage({ ...asked, source: wanted.source, from, to });
    if (found.kind !== 'rows') throw whyNotTold(found.kind, { account: asked.account, repository: wanted.repository });
    const output = auditOutputOf(terminal);
    if (wanted.file === null) for await (const piece of found.pieces) await output.write(piece);
    else await writeFileWhole(resolve(terminal.directory, wanted.file), found.pieces);
    return exitCodes.allow;
  });
}
