import { digestOf } from '../../domain/drift/digest-of.ts';
import type { DriftOutlook } from '../../domain/drift/digest-of.ts';
import type { DriftDigest } from '../../domain/drift/drift-digest.ts';
import type { KeptDrift } from '../../domain/drift/scanned-behavior.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import type { FlowPorts } from '../flow-ports.ts';
import type { StoreTransaction } from '../ports/store.ts';
import { currentRemediation } from '../../domain/remediation/current-remediation.ts';
import { driftIssueKey } from '../remediation/drift-issue-key.ts';

/** Repairs of an account that are looked at. */
export const mostRuns = 1_000;

/** Drifts whose remediations are looked up; of more it is only told that they drift. */
const mostOutlooks = 1_000;

/**
 * What the digest of an account says, or of the repository where the account is a user's: from our record alone, GitHub is not asked.
 * @param visible Ids of the repositories that its readers can see; null: all.
 */
export function readDigest({ store, clock }: Pick<FlowPorts, 'store' | 'clock'>, { account, id }: RepositoryRef, visible: ReadonlySet<number> | null): Promise<DriftDigest> {
  return store.transaction(async (transaction) => {
    const [plans, kept, runs] = [await transaction.scanPlansOf(account.id), (await transaction.driftsOfAccount(account.id)).told, await transaction.driftRuns(account.id, mostRuns)];
    const reach = await transaction.driftReach(account.id);
    const drifts: { readonly kept: KeptDrift; readonly outlook: DriftOutlook | null }[] = [];
    for (const one of kept) drifts.push({ kept: one, outlook: one.record.standing === 'drift' && drifts.length < mostOutlooks ? await outlookOf(transaction, one) : null });
    const leftovers = await transaction.leftoversOf(account.id);
    return digestOf({ now: clock.now().toISOString(), plans, reach, drifts, leftovers, runs, within: account.kind === 'user' ? id : null, visible });
  });
}

/** Of the remediation that the last look spoke of: those before it are at rest. */
async function outlookOf(transaction: StoreTransaction, { record }: KeptDrift): Promise<DriftOutlook | null> {
  const all = await transaction.remediationsOf(record.repositoryId, record.behavior);
  const current = currentRemediation(all);
  if (current === null) return null;
  const key = { repositoryId: record.repositoryId, fingerprint: current.fingerprint };
  return { said: current.said, suppressions: await transaction.suppressions(key), unsuppressedAt: await transaction.unsuppressedAt(key), issue: await transaction.issueRecord(driftIssueKey(current)) };
}
