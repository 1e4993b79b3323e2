import { Failure } from '../../domain/failure.ts';
import type { ErasureRequest } from '../../flows/retention/erase-on-request.ts';
import { pickAccount } from '../audit-account.ts';
import { withCommandStore } from '../compose/command-store.ts';
import { exitCodes } from '../exit-codes.ts';
import type { Terminal } from '../terminal.ts';
import { erasureText } from './erasure-text.ts';
import { refuseNobody } from './refuse-nobody.ts';

export interface WantedErasure {
  readonly account: number | null;
  readonly actor: string | null;
  readonly naming: boolean;
  readonly entries: readonly string[];
  readonly by: string;
  readonly reason: string;
  readonly isRehearsed: boolean;
  readonly format: 'pretty' | 'json';
}

/** Erases at somebody's request. Answers 0 when nothing that was asked for stays, 2 when something does: under a hold, still needed, of the record, not sealed, or others that say the login. */
export async function eraseFromAudit(terminal: Terminal, { account, by, reason, isRehearsed, format, ...wanted }: WantedErasure): Promise<number> {
  refuseNobody('erase', { by, reason });
  const asked = askedIn(wanted);
  return await withCommandStore(terminal, async (operations) => {
    const of = await pickAccount(operations.audit, account);
    const erasure = await operations.erase({ account: of, asked, by, reason, isRehearsed });
    terminal.write(format === 'json' ? `${JSON.stringify({ account: of, isRehearsed, ...erasure })}\n` : erasureText({ account: of, isRehearsed, actor: wanted.actor }, erasure));
    return erasure.keptEntries === 0 && erasure.naming === 0 ? exitCodes.allow : exitCodes.hold;
  });
}

function askedIn({ actor, naming, entries }: Pick<WantedErasure, 'actor' | 'naming' | 'entries'>): ErasureRequest['asked'] {
  if ((actor === null) === (entries.length === 0)) throw new Failure('USAGE', 'Cannot tell what to erase: expected either --actor or --entry.');
  if (actor === null && naming) throw new Failure('USAGE', 'Cannot tell whose name to look for: found --naming without --actor.');
  const wrong = entries.find((one) => !/^(?:\d{1,15}|[0-9a-f-]{36})$/.test(one));
  if (wrong !== undefined) throw new Failure('USAGE', `Cannot erase entry ${JSON.stringify(wrong.slice(0, 80))}: expected its sequence, or its id.`);
  if (entries.length > 1_000) throw new Failure('USAGE', `Cannot erase ${entries.length} entries at once: expected 1,000 at most.`);
  if (actor === null) return { kind: 'entries', entries };
  if (!/^[A-Za-z0-9_-]{1,100}$/.test(actor)) throw new Failure('USAGE', `Cannot erase what ${JSON.stringify(actor.slice(0, 80))} did: expected the login of a person.`);
  return { kind: 'person', login: actor, naming };
}
