import type { Digest } from '../../domain/digest.ts';
import { tokenActor } from '../../domain/people/token-actor.ts';
import { chargeOf } from '../../domain/usage/charge-of.ts';
import type { ModelUsage } from '../../domain/usage/model-usage.ts';
import type { JudgedWindow } from '../../domain/usage/quota-state.ts';
import { quotaWindows } from '../../domain/usage/quota-window.ts';
import type { FlowPorts } from '../flow-ports.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { UsageReservation } from '../ports/usage-store.ts';
import { expireReservation } from './expire-reservation.ts';
import { expireReservations } from './expire-reservations.ts';
import { quotasOfRepository } from './quotas-of-repository.ts';
import { tellWindows } from './tell-windows.ts';
import { usageForm } from './usage-form.ts';
import { windowStates } from './window-states.ts';

export interface SettlementWanted {
  readonly account: number;
  readonly id: string;
  /** What was used, of the model and by the source that it was reserved for. */
  readonly used: Pick<ModelUsage, 'inputTokens' | 'outputTokens' | 'cacheReadTokens' | 'cacheCreationTokens' | 'statedCost'>;
  readonly by: string;
  /** Of the request. */
  readonly asked: Digest;
}

export type SettlementOutcome =
  | { readonly kind: 'settled'; readonly reservation: UsageReservation; readonly windows: readonly JudgedWindow[]; readonly isNew: boolean }
  /** `expired`: it was charged in full. `settled_otherwise`: with other amounts. Nothing was changed. */
  | { readonly kind: 'expired' | 'settled_otherwise' | 'unknown_reservation' };

/** Puts what was used in the place of what was reserved, in one transaction, and in the windows in which it was reserved. More than was reserved is charged all the same. */
export async function settleUsage(ports: Pick<FlowPorts, 'store' | 'clock'>, { account, id, used, by, asked }: SettlementWanted): Promise<SettlementOutcome> {
  return await ports.store.transaction(async (transaction) => {
    await transaction.lockUsage(account);
    const now = ports.clock.now();
    await expireReservations(transaction, account, now);
    const known = await transaction.reservation(account, id);
    if (known === null) return { kind: 'unknown_reservation' };
    if (known.settled?.asked === asked) return { kind: 'settled', reservation: known, windows: await statesOf(transaction, known), isNew: false };
    if (known.settled !== null) return { kind: known.settled.asked === known.asked ? 'expired' : 'settled_otherwise' };
    if (known.expiresAt <= now) {
      await expireReservation(transaction, known);
      return { kind: 'expired' };
    }
    const usage = { ...known.usage, ...used };
    const settled = { asked, usage, charge: chargeOf(usage) };
    const reservation = { ...known, settled };
    await transaction.saveReservation(reservation);
    await transaction.addUsage({ ...known, ...settled });
    const windows = await statesOf(transaction, known);
    await transaction.append({ account, repository: null, subject: `usage:${id}`, event: 'usage.settled', actor: tokenActor(by), rationale: `usage of ${known.agent}`, outcome: 'settled', payload: usageForm({ ...known, ...settled }), links: [`repository:${known.repositoryId}`] });
    await tellWindows(transaction, account, windows);
    return { kind: 'settled', reservation, windows, isNew: true };
  });
}

async function statesOf(transaction: StoreTransaction, place: UsageReservation): Promise<readonly JudgedWindow[]> {
  const configuration = await quotasOfRepository(transaction, place.accountId, place.repositoryId);
  return await windowStates(transaction, place, quotaWindows(configuration, place, place.at.toISOString()));
}
