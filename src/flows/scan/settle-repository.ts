import type { RepositoryRef } from '../../domain/repository.ts';
import type { ScanOutcome } from '../../domain/scan/scan.ts';
import { concludeScanJob } from '../job-requests.ts';
import type { StoreTransaction } from '../ports/store.ts';

export interface SettledRepository {
  readonly outcome: Exclude<ScanOutcome, 'waiting'>;
  readonly now: Date;
}

/** A repository is done, in every scan that waits for it. Those that wait for no other are concluded: what they found is acted upon together. */
export async function settleRepository(transaction: StoreTransaction, repository: RepositoryRef, { outcome, now }: SettledRepository): Promise<void> {
  const plan = outcome === 'failed' ? await transaction.holdScanPlan(repository.id) : null;
  if (plan !== null) await transaction.saveScanPlan({ ...plan, failedSince: plan.failedSince ?? now.toISOString() });
  for (const { id, left } of await transaction.settleRepository(repository.id, outcome)) {
    if (left > 0 || !(await transaction.concludeScan(id, now))) continue;
    await transaction.enqueue(concludeScanJob(repository, id));
  }
}
