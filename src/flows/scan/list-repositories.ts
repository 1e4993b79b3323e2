import { Failure, failureOf } from '../../domain/failure.ts';
import { fullNameOf } from '../../domain/repository.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import { jitterOf } from '../../domain/scan/next-scan.ts';
import type { FlowPorts } from '../flow-ports.ts';
import type { InstalledRepository } from '../ports/github-app.ts';
import type { StoreTransaction } from '../ports/store.ts';
import { forgetRepository } from './forget-repository.ts';
import { forgetOtherBranch, holdScanned } from './hold-scanned.ts';

type ListingPorts = Pick<FlowPorts, 'store' | 'github' | 'clock' | 'log'>;
type Listed = ReadonlyMap<number, InstalledRepository>;

/**
 * Learns which repositories there are to scan. A new one is scanned soon, to read in its configuration when it wants to be; one that is
 * archived or gone is forgotten. Where not all could be listed nothing is forgotten.
 * What the blocked log of one account keeps from being told is left to a later listing, and keeps nobody else waiting.
 */
export async function listRepositories(ports: ListingPorts, signal: AbortSignal): Promise<void> {
  const listed = await list(ports, signal);
  for (const one of listed.values()) await learn(ports, one, signal);
  const missed = await missedBy(ports, listed);
  if (missed.length === 0) return;
  // Where one of a page is deleted before the next page is read, the first of that one is on neither: it stands on a page of another listing.
  const again = await list(ports, signal);
  for (const repository of missed) {
    const one = again.get(repository.id);
    if (one !== undefined) await learn(ports, one, signal);
    else await unlessBlocked(ports, repository, (transaction) => forgetRepository(transaction, repository));
  }
}

async function list({ github }: Pick<FlowPorts, 'github'>, signal: AbortSignal): Promise<Listed> {
  const listed = new Map<number, InstalledRepository>();
  try {
    for await (const one of github.repositories()) {
      signal.throwIfAborted();
      listed.set(one.repository.id, one);
    }
  } catch (thrown) {
    if (signal.aborted) throw signal.reason;
    throw failureOf(thrown, 'GITHUB_UNAVAILABLE');
  }
  return listed;
}

/** Known, and not listed: an account that lists nothing any more uninstalled the App, or suspended it. */
async function missedBy({ store }: Pick<FlowPorts, 'store'>, listed: Listed): Promise<readonly RepositoryRef[]> {
  const missed: RepositoryRef[] = [];
  for (const account of await store.transaction((transaction) => transaction.plannedAccounts())) {
    const plans = await store.transaction((transaction) => transaction.scanPlansOf(account));
    missed.push(...plans.flatMap(({ repository }) => (listed.has(repository.id) ? [] : [repository])));
  }
  return missed;
}

async function learn(ports: ListingPorts, one: InstalledRepository, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await unlessBlocked(ports, one.repository, (transaction) => plan(transaction, one, ports.clock.now()));
}

/** A drift that ends may have to be told, which a blocked log refuses: then all of it stays as it is. */
async function unlessBlocked({ store, log }: ListingPorts, repository: RepositoryRef, work: (transaction: StoreTransaction) => Promise<void>): Promise<void> {
  try {
    await store.transaction(work);
  } catch (thrown) {
    if (!(thrown instanceof Failure) || thrown.code !== 'AUDIT_BLOCKED') throw thrown;
    log.warn('repository stays as it was known: the log of its account is blocked', { repository: fullNameOf(repository) });
  }
}

async function plan(transaction: StoreTransaction, { repository, defaultBranch, isArchived }: InstalledRepository, now: Date): Promise<void> {
  const seen = await transaction.scanPlan(repository.id);
  if (isArchived) return seen === null ? undefined : forgetRepository(transaction, repository);
  if (seen !== null && seen.branch === defaultBranch && isSame(seen.repository, repository)) return;
  const held = await holdScanned(transaction, repository);
  const known = await forgetOtherBranch(transaction, repository, { held, branch: defaultBranch });
  const isSameBranch = held.plan?.branch === defaultBranch;
  const nextAt = isSameBranch ? held.plan.nextAt : new Date(now.getTime() + jitterOf(`repository:${repository.id}`)).toISOString();
  await transaction.saveScanPlan({ repository, branch: defaultBranch, nextAt, due: isSameBranch ? held.plan.due : null, scanned: known.plan?.scanned ?? null, failedSince: known.plan?.failedSince ?? null });
}

function isSame(one: RepositoryRef, other: RepositoryRef): boolean {
  return one.owner === other.owner && one.name === other.name && one.installationId === other.installationId && one.account.id === other.account.id;
}
