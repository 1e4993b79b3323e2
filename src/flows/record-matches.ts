import type { Decision } from '../domain/decision.ts';
import type { RepositoryRef } from '../domain/repository.ts';
import type { StoreTransaction } from './ports.ts';

/** That entries of whitelists matched what a change does, whether they let it pass or not: those that never do are told by scans. */
export async function recordMatches(transaction: StoreTransaction, { account }: RepositoryRef, decision: Decision, now: Date): Promise<void> {
  const grants = decision.verdicts.flatMap(({ matched = [] }) => matched);
  if (grants.length > 0) await transaction.recordMatches(account.id, grants, now);
}
