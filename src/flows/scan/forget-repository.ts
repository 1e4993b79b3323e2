import type { RepositoryRef } from '../../domain/repository.ts';
import type { StoreTransaction } from '../ports/store.ts';
import { appendDriftChange } from './append-drift-change.ts';
import { holdScanned } from './hold-scanned.ts';

/** Forgets a repository that is gone, or to which nothing can be written. A drift that ends so is told. */
export async function forgetRepository(transaction: StoreTransaction, repository: RepositoryRef): Promise<void> {
  const { drifts } = await holdScanned(transaction, repository);
  for (const drift of drifts) if (drift.record.standing === 'drift') await appendDriftChange(transaction, repository, drift, { kind: 'forgotten' });
  await transaction.forgetScanPlan(repository.id);
}
