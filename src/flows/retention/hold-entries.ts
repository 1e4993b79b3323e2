import { Failure } from '../../domain/failure.ts';
import type { Clock } from '../ports/clock.ts';
import type { LegalHold } from '../ports/retention-store.ts';
import type { Store, StoreTransaction } from '../ports/store.ts';
import { holdPayload } from './hold-payload.ts';
import { loggedEntry } from './logged-entry.ts';
import { loggedHold } from './logged-hold.ts';

export interface HoldRequest {
  readonly account: number;
  /** `owner/name`, as some entry names it; null: all. */
  readonly repository: string | null;
  readonly from: Date | null;
  readonly to: Date | null;
  /** Login of who decides it, and why: both stand in the log for ever. */
  readonly by: string;
  readonly reason: string;
}

export interface ReleaseRequest {
  readonly account: number;
  readonly hold: number;
  readonly by: string;
  readonly reason: string;
}

interface HoldPorts {
  readonly store: Pick<Store, 'transaction' | 'search' | 'audit'>;
  readonly clock: Clock;
}

/**
 * Keeps entries from being erased, by age or by request, from this moment on: what runs meanwhile erases nothing more of them.
 * @throws Failure NOT_FOUND where no entry is about the repository.
 */
export async function holdEntries({ store, clock }: HoldPorts, { account, repository: name, from, to, by, reason }: HoldRequest): Promise<LegalHold> {
  const repository = name === null ? null : await repositoryCalled(store, account, name);
  return await store.transaction(async (transaction) => {
    await transaction.lockRetention(account);
    const { sequence } = await transaction.append({ account, repository, subject: 'hold', event: 'retention.held', actor: `user:${by}`, rationale: reason, outcome: 'held', payload: holdPayload({ repository, from, to }) });
    const hold: LegalHold = { id: sequence, repository, from, to, by, reason, placedAt: clock.now() };
    await transaction.keepHold(account, hold);
    return hold;
  });
}

/** Of several that were called so the last one; entries of the others are covered by the name. */
async function repositoryCalled({ search }: HoldPorts['store'], account: number, name: string): Promise<{ readonly id: number; readonly name: string }> {
  const filter = { repository: { kind: 'name', name }, event: null, actor: null, tier: null, outcome: null, from: null, to: null } as const;
  const [newest] = await search.entries(account, filter, { below: null, limit: 1 });
  const repository = newest === undefined ? null : loggedEntry(newest)?.repository;
  if (!repository) throw new Failure('NOT_FOUND', `Cannot hold ${JSON.stringify(name.slice(0, 80))}: the log of account ${account} has no entry about it. Nothing was changed. Name it as it was called, or leave it out to hold all.`);
  return repository;
}

/** Ends a hold. @throws Failure NOT_FOUND where there is none of this number. */
export async function releaseHold({ store }: Pick<HoldPorts, 'store'>, { account, hold: id, by, reason }: ReleaseRequest): Promise<LegalHold> {
  return await store.transaction(async (transaction) => {
    await transaction.lockRetention(account);
    const hold = (await toldHold(transaction, account, id)) ?? (await transaction.holds(account)).find((one) => one.id === id);
    if (hold === undefined) throw new Failure('NOT_FOUND', `Cannot release hold ${id}: account ${account} has none of this number. Nothing was changed. See plumbline audit holds.`);
    await transaction.dropHold(account, id);
    await transaction.append({ account, repository: hold.repository, subject: 'hold', event: 'retention.released', actor: `user:${by}`, rationale: reason, outcome: 'released', payload: { hold: id }, links: [`entry:${id}`] });
    return hold;
  });
}

/** As the log has it, also where the store lost or changed it: else nothing could ever be erased again. Null: it has none, or one that was released. */
async function toldHold(transaction: StoreTransaction, account: number, id: number): Promise<LegalHold | null> {
  const told = await transaction.holdEntries(account);
  const isReleased = told.some((stored) => loggedEntry(stored)?.links.includes(`entry:${id}`) === true);
  const placed = isReleased ? undefined : told.find(({ sequence }) => sequence === id);
  return placed === undefined ? null : loggedHold(placed);
}
