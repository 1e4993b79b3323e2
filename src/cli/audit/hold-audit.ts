import { Failure } from '../../domain/failure.ts';
import { terminalText } from '../../render/escape.ts';
import { pickAccount } from '../audit-account.ts';
import { withCommandStore } from '../compose/command-store.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';
import { holdText } from './hold-text.ts';
import { instantOption } from './instant-option.ts';
import { refuseNobody } from './refuse-nobody.ts';

export interface WantedHold {
  readonly account: number | null;
  readonly repository: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly by: string;
  readonly reason: string;
}

/** Keeps entries from being erased. */
export async function holdAudit(terminal: Terminal, { account, repository, by, reason, ...range }: WantedHold): Promise<number> {
  refuseNobody('hold', { by, reason });
  if (repository !== null && !/^[A-Za-z0-9_-]{1,100}\/[A-Za-z0-9._-]{1,99}$/.test(repository)) throw new Failure('USAGE', `Cannot hold ${JSON.stringify(repository.slice(0, 80))}: expected owner/name.`);
  const from = range.from === null ? null : instantOption('--from', range.from);
  const to = range.to === null ? null : instantOption('--to', range.to);
  if (from !== null && to !== null && from >= to) throw new Failure('USAGE', `Cannot hold a period: --from ${from.toISOString()} is not before --to ${to.toISOString()}.`);
  return await withCommandStore(terminal, async (operations) => {
    const hold = await operations.hold({ account: await pickAccount(operations.audit, account), repository, from, to, by, reason });
    terminal.write(`${terminalText(holdText(hold))}\n`);
    return exitCodes.allow;
  });
}
