import type { Decision } from '../domain/decision.ts';
import { pullRequestNumber } from '../domain/subject.ts';
import type { DecisionRecord } from './ports/decision-store.ts';
import type { StoreTransaction } from './ports/store.ts';

/**
 * That entries of whitelists matched what a change does, whether they let it pass or not: those that never do are told by scans. A pull
 * request rests on them until governance answers otherwise: without an answer it is only known what it may rest on, too.
 */
export async function recordMatches(transaction: StoreTransaction, { repository, subject, decision, decidedAt }: DecisionRecord): Promise<void> {
  const grants = decision.verdicts.flatMap(({ matched = [] }) => matched);
  if (grants.length > 0) await transaction.recordMatches(repository.account.id, grants, decidedAt);
  const number = pullRequestNumber(subject);
  if (number === null) return;
  await (isAnswered(decision) ? transaction.saveOpenMatches({ repository, number }, grants) : transaction.addOpenMatches({ repository, number }, grants));
}

function isAnswered({ verdicts }: Decision): boolean {
  return verdicts.some(({ gate, verdict }) => gate === 'governance' && verdict !== 'inconclusive');
}
