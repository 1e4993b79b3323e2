import { remediationStatistics } from '../domain/drift/remediation-statistics.ts';
import type { RemediationStatistics } from '../domain/drift/remediation-statistics.ts';
import type { Clock } from './ports/clock.ts';
import type { Store } from './ports/store.ts';

/** Runs that are looked at: of each playbook the newest ten count. */
const mostRuns = 1_000;

/** How the drifts of one account stand and are mended, by what scans kept. */
export async function readStatistics({ store, clock }: { readonly store: Pick<Store, 'transaction'>; readonly clock: Clock }, accountId: number): Promise<RemediationStatistics> {
  const { drifts, runs } = await store.transaction(async (transaction) => ({ drifts: await transaction.driftsOfAccount(accountId), runs: await transaction.driftRuns(accountId, mostRuns) }));
  return remediationStatistics(drifts.told, runs, clock.now(), drifts.quiet);
}
