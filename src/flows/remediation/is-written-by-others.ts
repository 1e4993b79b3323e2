import type { Digest } from '../../domain/digest.ts';
import { generationOf, readBranchName } from '../../domain/remediation/branch-name.ts';
import type { NamedRemediation } from '../../domain/remediation/branch-name.ts';
import type { RemediationReading, SeenPullRequest } from '../../domain/remediation/remediation-reading.ts';
import type { RemediationKey } from '../../domain/remediation/remediation-record.ts';
import type { StoreTransaction } from '../ports/store.ts';
import type { ReadableRun } from './remediation-run.ts';

/**
 * Whether an open pull request of ours for another behaviour writes one of these files, or may: two for one file would be two for one
 * drift, as where a behaviour got another name. Those of the same behaviour are for the decision table.
 */
export async function isWrittenByOthers({ ports, record }: ReadableRun, { pullRequests }: Pick<RemediationReading, 'pullRequests'>, paths: readonly string[]): Promise<boolean> {
  const open = pullRequests.filter((one) => one.openedByUs && !one.fromFork && one.state.kind === 'open' && generationOf(one.branch, record.fingerprint) === null);
  if (paths.length === 0 || open.length === 0) return false;
  const wanted = new Set(paths);
  return ports.store.transaction(async (transaction) => {
    for (const one of open) {
      const others = await pathsOfOther(transaction, record, one);
      if (others === null || others.some((path) => wanted.has(path))) return true;
    }
    return false;
  });
}

/** What it writes, also where the answer to its creation was lost: what was written ahead of it is on record. Null where that is not known. */
async function pathsOfOther(transaction: StoreTransaction, { repository, behavior }: ReadableRun['record'], one: SeenPullRequest): Promise<readonly string[] | null> {
  const named = readBranchName(one.branch);
  if (named === null) return [];
  const other = await transaction.remediationNamed(repository.id, named.prefix);
  if (other === null) return null;
  if (other.behavior === behavior) return [];
  const plans = await plansOf(transaction, { repositoryId: repository.id, fingerprint: other.fingerprint }, one, named);
  const each = await Promise.all(plans.map((plan) => transaction.plannedPaths(repository.id, plan)));
  return each.length === 0 || each.includes(null) ? null : each.flatMap((paths) => paths ?? []);
}

/** The plan of the commit of ours at which it stands; all that came to its branch, or may have, where it stands at another. */
async function plansOf(transaction: StoreTransaction, key: RemediationKey, { number, branch, head }: SeenPullRequest, { generation }: NamedRemediation): Promise<readonly Digest[]> {
  const recorded = (await transaction.remediationPulls(key)).find((one) => one.number === number)?.recorded;
  const intended = (await transaction.intents(key)).filter((one) => one.generation === generation);
  const pending = (await transaction.pendingCommits(key)).filter((one) => one.branch === branch);
  const all = [...(recorded === null || recorded === undefined ? [] : [recorded]), ...pending, ...intended];
  const standing = all.find((one) => one.head === head);
  return standing === undefined ? all.map(({ plan }) => plan) : [standing.plan];
}
