import type { StoreTransaction } from '../ports/store.ts';
import type { UsageReservation } from '../ports/usage-store.ts';
import { usageForm } from './usage-form.ts';

/**
 * Charges what was reserved and not settled in time, as it was reserved: nobody knows that it was not used. It counted already, so that nothing is freed
 * and no limit is passed. The account's usage MUST be locked.
 */
export async function expireReservation(transaction: Pick<StoreTransaction, 'saveReservation' | 'addUsage' | 'append'>, one: UsageReservation): Promise<void> {
  await transaction.saveReservation({ ...one, settled: { asked: one.asked, usage: one.usage, charge: one.charge } });
  await transaction.addUsage(one);
  await transaction.append({ account: one.accountId, repository: null, subject: `usage:${one.id}`, event: 'usage.expired', actor: 'system', rationale: 'it was not settled in time', outcome: 'charged', payload: usageForm(one), links: [`repository:${one.repositoryId}`] });
}
