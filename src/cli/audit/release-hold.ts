import { terminalText } from '../../render/escape.ts';
import { pickAccount } from '../audit-account.ts';
import { withCommandStore } from '../compose/command-store.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';
import { holdText } from './hold-text.ts';
import { refuseNobody } from './refuse-nobody.ts';

/** Ends a hold: what it kept goes with the next run, if its time is over. */
export async function releaseHold(terminal: Terminal, { account, hold, by, reason }: { readonly account: number | null; readonly hold: number; readonly by: string; readonly reason: string }): Promise<number> {
  refuseNobody('release a hold', { by, reason });
  return await withCommandStore(terminal, async (operations) => {
    const released = await operations.releaseHold({ account: await pickAccount(operations.audit, account), hold, by, reason });
    terminal.write(`released: ${terminalText(holdText(released))}\n`);
    return exitCodes.allow;
  });
}
