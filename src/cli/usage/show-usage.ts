import { usagePretty } from '../../render/usage/usage-pretty.ts';
import { auditOutputOf } from '../audit/audit-output-of.ts';
import { instantOption } from '../audit/instant-option.ts';
import { withCommandStore } from '../compose/command-store.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';
import { usageAskedBy } from './usage-to-read.ts';
import type { UsageToRead } from './usage-to-read.ts';
import { whyNotTold } from './why-not-told.ts';

/** Shows what agents used, of each source, and how far their quotas are used up. */
export async function showUsage(terminal: Terminal, wanted: UsageToRead & { readonly format: 'pretty' | 'json' }): Promise<number> {
  const [from, to] = [wanted.from === null ? null : instantOption('--from', wanted.from), wanted.to === null ? null : instantOption('--to', wanted.to)];
  return await withCommandStore(terminal, async (operations) => {
    const asked = await usageAskedBy(operations, wanted);
    const found = await operations.usage({ ...asked, from, to });
    if (found.kind !== 'overview') throw whyNotTold(found.kind, { account: asked.account, repository: wanted.repository });
    await auditOutputOf(terminal).write(wanted.format === 'json' ? `${JSON.stringify({ account: asked.account, ...found.overview }, null, 2)}\n` : usagePretty(asked.account, found.overview));
    return exitCodes.allow;
  });
}
