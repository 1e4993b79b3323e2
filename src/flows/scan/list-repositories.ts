import { failureOf } from '../../domain/failure.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import { jitterOf } from '../../domain/scan/next-scan.ts';
import type { FlowPorts } from '../flow-ports.ts';
import type { InstalledRepository } from '../ports/github-app.ts';
import type { StoreTransaction } from '../ports/store.ts';
import { holdScanned, knownOfBranch } from './hold-scanned.ts';

/**
 * Learns which repositories there are to scan. A new one is scanned soon, to read in its configuration when it wants to be; one that is
 * archived or gone is forgotten. Where not all could be listed nothing is forgotten.
 */
export async function listRepositories(ports: Pick<FlowPorts, 'store' | 'github' | 'clock'>, signal: AbortSignal): Promise<void> {
  const seen = new Map<number, InstalledRepository>();
  try {
    for await (const one of ports.github.repositories()) {
      signal.throwIfAborted();
      seen.set(one.repository.id, one);
    }
  } catch (thrown) {
    if (signal.aborted) throw signal.reason;
    throw failureOf(thrown, 'GITHUB_UNAVAILABLE');
  }
  const now = ports.clock.now();
  for (const one of seen.values()) {
    signal.throwIfAborted();
    await ports.store.transaction((transaction) => learn(transaction, one, now));
  }
  // An account that lists nothing any more uninstalled the App, or suspended it.
  for (const account of await ports.store.transaction((transaction) => transaction.plannedAccounts())) await ports.store.transaction((transaction) => forgetGone(transaction, account, seen));
}

async function learn(transaction: StoreTransaction, { repository, defaultBranch, isArchived }: InstalledRepository, now: Date): Promise<void> {
  const seen = await transaction.scanPlan(repository.id);
  if (isArchived) return seen === null ? undefined : transaction.forgetScanPlan(repository.id);
  if (seen !== null && seen.branch === defaultBranch && isSame(seen.repository, repository)) return;
  const held = await holdScanned(transaction, repository);
  const { plan } = await knownOfBranch(transaction, repository, { held, branch: defaultBranch });
  const isSameBranch = held.plan?.branch === defaultBranch;
  const nextAt = isSameBranch ? held.plan.nextAt : new Date(now.getTime() + jitterOf(`repository:${repository.id}`)).toISOString();
  await transaction.saveScanPlan({ repository, branch: defaultBranch, nextAt, due: isSameBranch ? held.plan.due : null, scanned: plan?.scanned ?? null, failedSince: plan?.failedSince ?? null });
}

function isSame(one: RepositoryRef, other: RepositoryRef): boolean {
  return one.owner === other.owner && one.name === other.name && one.installationId === other.installationId && one.account.id === other.account.id;
}

async function forgetGone(transaction: StoreTransaction, account: number, seen: ReadonlyMap<number, InstalledRepository>): Promise<void> {
  for (const { repository } of await transaction.scanPlansOf(account)) if (!seen.has(repository.id)) await transaction.forgetScanPlan(repository.id);
}
