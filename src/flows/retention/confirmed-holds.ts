import { opens } from '../../audit/entry.ts';
import type { ReadEntry } from '../../audit/read-entry.ts';
import { sameBytes } from '../../audit/same-bytes.ts';
import { canonicalBytes } from '../../domain/canonical.ts';
import { Failure } from '../../domain/failure.ts';
import type { StoredEntry } from '../ports/audit-log.ts';
import type { LegalHold } from '../ports/retention-store.ts';
import type { StoreTransaction } from '../ports/store.ts';
import { holdPayload } from './hold-payload.ts';
import { loggedEntry } from './logged-entry.ts';

/**
 * The holds of an account that stand. Each has its entry, and a table can be changed without one: what erases goes by both.
 * @throws Failure AUDIT_TAMPERED where the log has a hold that was not released, and the store has none of its number, or one that covers something else.
 */
export async function confirmedHolds(transaction: Pick<StoreTransaction, 'holds' | 'holdEntries'>, account: number): Promise<readonly LegalHold[]> {
  const told = (await transaction.holdEntries(account)).flatMap((stored) => toldIn(stored) ?? []);
  const released = new Set(told.flatMap(({ entry: { event, links } }) => (event === 'retention.released' ? links : [])));
  const holds = await transaction.holds(account);
  for (const one of told) {
    const { event, sequence } = one.entry;
    if (event !== 'retention.held' || released.has(`entry:${sequence}`)) continue;
    const hold = holds.find(({ id }) => id === sequence);
    if (hold === undefined) throw tampered(account, `entry ${sequence} of its log places a hold that nobody released, and the store has none of this number`);
    if (!says(one, hold)) throw tampered(account, `hold ${sequence} covers something else in the store than its entry says`);
  }
  return holds;
}

interface ToldHold {
  readonly entry: ReadEntry;
  readonly openings: StoredEntry['openings'];
}

function toldIn(stored: StoredEntry): ToldHold | null {
  const entry = loggedEntry(stored);
  return entry === null ? null : { entry, openings: stored.openings };
}

/** What an entry commits to was written by `holdPayload`, too, and is of the record: it is never erased. */
function says({ entry: { payload }, openings }: ToldHold, hold: LegalHold): boolean {
  const opening = payload === null ? undefined : openings.find(({ digest }) => digest === payload.digest);
  return payload !== null && opening !== undefined && opens(payload, opening) && sameBytes(opening.bytes, canonicalBytes(holdPayload(hold)));
}

function tampered(account: number, why: string): Failure {
  return new Failure('AUDIT_TAMPERED', `Cannot tell what is held of account ${account}: ${why}. Nothing more was erased. Find who changed it, and restore the store; or end it with plumbline audit release-hold.`);
}
