import type { Digest } from '../../domain/digest.ts';
import { tokenActor } from '../../domain/people/token-actor.ts';
import { fullNameOf } from '../../domain/repository.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import { chargeOf } from '../../domain/usage/charge-of.ts';
import type { ModelUsage } from '../../domain/usage/model-usage.ts';
import type { JudgedWindow } from '../../domain/usage/quota-state.ts';
import { quotaWindows } from '../../domain/usage/quota-window.ts';
import { findRepository } from '../find-repository.ts';
import type { FlowPorts } from '../flow-ports.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { RepositoryNamed } from '../ports/store-search.ts';
import type { UsageReservation } from '../ports/usage-store.ts';
import { expireReservations } from './expire-reservations.ts';
import { quotasOfRepository } from './quotas-of-repository.ts';
import { tellWindows, windowForm } from './tell-windows.ts';
import { usageForm } from './usage-form.ts';
import { windowStates } from './window-states.ts';

export interface ReservationWanted {
  readonly account: number;
  readonly repository: RepositoryNamed;
  readonly agent: string;
  /** At most. */
  readonly usage: ModelUsage;
  /** Seconds until it counts in full where it is not settled. */
  readonly seconds: number;
  /** Whose request it is, and the key by which it is known again. */
  readonly by: string;
  readonly key: string;
  /** Of the request. */
  readonly asked: Digest;
}

export type ReservationOutcome =
  | { readonly kind: 'reserved'; readonly reservation: UsageReservation; readonly windows: readonly JudgedWindow[]; readonly isNew: boolean }
  /** Nothing was reserved: these windows have no room for it. */
  | { readonly kind: 'exceeded'; readonly windows: readonly JudgedWindow[] }
  /** The key stands for another request. */
  | { readonly kind: 'key_reused' }
  | { readonly kind: 'unknown_repository' };

type ReservePorts = Pick<FlowPorts, 'store' | 'clock' | 'newId'>;

/**
 * Gives room in every window that limits an agent, or in none: looked at and taken in one transaction, one after the other within an account, so that
 * however many ask at once, no limit is passed. The same request under the same key is answered the same.
 */
export async function reserveUsage(ports: ReservePorts, wanted: ReservationWanted): Promise<ReservationOutcome> {
  const repository = await findRepository(ports.store, wanted.account, wanted.repository);
  if (repository === null) return { kind: 'unknown_repository' };
  return await ports.store.transaction(async (transaction) => {
    await transaction.lockUsage(wanted.account);
    const now = ports.clock.now();
    await expireReservations(transaction, wanted.account, now);
    const known = await transaction.reservationOfKey(wanted.account, wanted.by, wanted.key);
    if (known !== null) return known.asked === wanted.asked ? { kind: 'reserved', reservation: known, windows: await statesOf(transaction, known, null), isNew: false } : { kind: 'key_reused' };
    return await reserve(transaction, reservationOf(ports, wanted, { repository, now }), repository);
  });
}

function reservationOf(ports: ReservePorts, { account, agent, usage, seconds, by, key, asked }: ReservationWanted, { repository, now }: { readonly repository: RepositoryRef; readonly now: Date }): UsageReservation {
  return { id: ports.newId(), accountId: account, repositoryId: repository.id, agent, usage, charge: chargeOf(usage), at: now, expiresAt: new Date(now.getTime() + seconds * 1_000), by, key, asked, settled: null };
}

async function reserve(transaction: StoreTransaction, reservation: UsageReservation, repository: RepositoryRef): Promise<ReservationOutcome> {
  const windows = await statesOf(transaction, reservation, reservation.charge);
  const full = windows.filter(({ state }) => state === 'exceeded');
  const entry = { account: reservation.accountId, repository: { id: repository.id, name: fullNameOf(repository) }, subject: `usage:${reservation.id}`, actor: tokenActor(reservation.by), rationale: `usage of ${reservation.agent}` };
  if (full.length > 0) {
    await transaction.append({ ...entry, event: 'usage.refused', outcome: 'refused', payload: { ...usageForm(reservation), windows: full.map(windowForm) }, links: [] });
    return { kind: 'exceeded', windows: full };
  }
  await transaction.saveReservation(reservation);
  await transaction.append({ ...entry, event: 'usage.reserved', outcome: 'reserved', payload: usageForm(reservation), links: [] });
  await tellWindows(transaction, reservation.accountId, windows);
  return { kind: 'reserved', reservation, windows, isNew: true };
}

async function statesOf(transaction: StoreTransaction, { usage, ...place }: UsageReservation, amount: UsageReservation['charge'] | null): Promise<readonly JudgedWindow[]> {
  const configuration = await quotasOfRepository(transaction, place.accountId, place.repositoryId);
  const windows = quotaWindows(configuration, place, place.at.toISOString());
  return await windowStates(transaction, place, windows, amount === null ? null : { source: usage.source, amount });
}
