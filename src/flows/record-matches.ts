import type { Decision } from '../domain/decision.ts';
import type { Digest } from '../domain/digest.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import type { StoreTransaction } from './ports/store.ts';

/** That entries of whitelists matched what a change does, whether they let it pass or not: those that never do are told by scans. */
export async function recordMatches(transaction: StoreTransaction, { account }: RepositoryRef, decision: Decision, now: Date): Promise<void> {
  const grants = grantsIn(decision);
  if (grants.length > 0) await transaction.recordMatches(account.id, grants, now);
}

/**
 * The same of all pull requests of a repository that are still open: an entry is needed as long as one waits that it lets pass. In a
 * transaction of its own: others record matches while they wait for what a scan holds.
 */
export async function recordOpenMatches(transaction: StoreTransaction, { id, account }: RepositoryRef, now: Date): Promise<void> {
  const grants = new Set<Digest>();
  for (const { facts } of await transaction.openPullRequests(id)) {
    const newest = await transaction.newestDecision(id, `pull-request:${facts.number}`);
    if (newest !== null) for (const grant of grantsIn(newest.decision)) grants.add(grant);
  }
  if (grants.size > 0) await transaction.recordMatches(account.id, [...grants], now);
}

function grantsIn({ verdicts }: Decision): readonly Digest[] {
  return verdicts.flatMap(({ matched = [] }) => matched);
}
