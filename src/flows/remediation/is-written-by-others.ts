import { isRemediationBranch } from '../../domain/remediation/branch-name.ts';
import type { RemediationPlan } from '../../domain/remediation/behavior-drift.ts';
import type { RemediationReading } from '../../domain/remediation/remediation-reading.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { ReadableRun } from './remediation-run.ts';

/**
 * Whether an open pull request of ours for another behaviour writes a file of the plan: two for one file would be two for one drift, as
 * where a behaviour got another name. Those of the same behaviour are for the decision table.
 */
export async function isWrittenByOthers({ ports, record }: ReadableRun, { pullRequests }: RemediationReading, plan: RemediationPlan | null): Promise<boolean> {
  const open = pullRequests.filter((one) => one.openedByUs && !one.fromFork && one.state.kind === 'open' && isRemediationBranch(one.branch));
  if (plan === null || plan.files.length === 0 || open.length === 0) return false;
  const wanted = new Set(plan.files.map(({ path }) => path));
  return ports.store.transaction(async (transaction) => {
    for (const { number } of open) if ((await pathsOfOther(transaction, record, number)).some((path) => wanted.has(path))) return true;
    return false;
  });
}

async function pathsOfOther(transaction: StoreTransaction, { repository, behavior }: ReadableRun['record'], number: number): Promise<readonly string[]> {
  const other = await transaction.remediationOfPull(repository.id, number);
  if (other === null || other.behavior === behavior) return [];
  const pulls = await transaction.remediationPulls({ repositoryId: repository.id, fingerprint: other.fingerprint });
  const plan = pulls.find((one) => one.number === number)?.recorded?.plan;
  return plan === undefined ? [] : ((await transaction.plannedPaths(repository.id, plan)) ?? []);
}
