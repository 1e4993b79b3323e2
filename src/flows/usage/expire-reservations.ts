import type { StoreTransaction } from '../ports/store.ts';
import { expireReservation } from './expire-reservation.ts';

const atOnce = 100;

/** Charges reservations of an account whose time is over, so many at once: the others count all the same until they are. The account's usage MUST be locked. */
export async function expireReservations(transaction: Pick<StoreTransaction, 'expiredReservations' | 'saveReservation' | 'addUsage' | 'append'>, accountId: number, now: Date): Promise<void> {
  for (const one of await transaction.expiredReservations(accountId, now, atOnce)) await expireReservation(transaction, one);
}
