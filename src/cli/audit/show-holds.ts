import { terminalText } from '../../render/escape.ts';
import { withCommandStore } from '../compose/command-store.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';
import { holdText } from './hold-text.ts';

/** Shows what may not be erased, log by log. */
export async function showHolds(terminal: Terminal, format: 'pretty' | 'json'): Promise<number> {
  return await withCommandStore(terminal, async (operations) => {
    const held = (await operations.statuses()).flatMap(({ account, holds }) => holds.map((hold) => ({ account, hold })));
    if (held.length === 0 && format === 'pretty') terminal.write('There are no holds.\n');
    for (const { account, hold } of held) terminal.write(format === 'json' ? `${JSON.stringify({ account, ...hold })}\n` : `account ${account}  ${terminalText(holdText(hold))}\n`);
    return exitCodes.allow;
  });
}
