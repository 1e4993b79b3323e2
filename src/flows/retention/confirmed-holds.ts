import { Failure } from '../../domain/failure.ts';
import type { LegalHold } from '../ports/retention-store.ts';
import type { StoreTransaction } from '../ports/store.ts';
import { loggedEntry } from './logged-entry.ts';

/**
 * The holds of an account that stand. Each has its entry, and a table can be changed without one: what erases goes by both.
 * @throws Failure AUDIT_TAMPERED where the log has a hold that was not released, and the store has none of its number.
 */
export async function confirmedHolds(transaction: Pick<StoreTransaction, 'holds' | 'holdEntries'>, account: number): Promise<readonly LegalHold[]> {
  const entries = (await transaction.holdEntries(account)).flatMap((stored) => loggedEntry(stored) ?? []);
  const released = new Set(entries.flatMap(({ event, links }) => (event === 'retention.released' ? links : [])));
  const holds = await transaction.holds(account);
  const lost = entries.find(({ event, sequence }) => event === 'retention.held' && !released.has(`entry:${sequence}`) && !holds.some(({ id }) => id === sequence));
  if (lost === undefined) return holds;
  throw new Failure('AUDIT_TAMPERED', `Cannot tell what is held of account ${account}: entry ${lost.sequence} of its log places a hold that nobody released, and the store has none of this number. Nothing more was erased. Restore the store, and find who changed it.`);
}
