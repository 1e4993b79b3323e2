import type { KeptDrift } from '../../domain/drift/scanned-behavior.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import { remediateJob } from '../job-requests.ts';
import type { StoreTransaction } from '../ports/store.ts';
import { appendDriftChange } from './append-drift-change.ts';

export interface BehaviorsThere {
  /** Before. */
  readonly known: readonly KeptDrift[];
  /** Names of those that are there. */
  readonly there: readonly string[];
}

/** Forgets how behaviours stand that are there no more. A drift that ends so is told, and what was opened for one is looked at. */
export async function forgetBehaviors(transaction: StoreTransaction, repository: RepositoryRef, { known, there }: BehaviorsThere): Promise<void> {
  await transaction.keepDriftsOf(repository.id, there);
  for (const drift of known.filter(({ record }) => !there.includes(record.behavior))) {
    const { behavior, standing } = drift.record;
    if (standing === 'drift') await appendDriftChange(transaction, repository, drift, { kind: 'forgotten' });
    if ((await transaction.remediationsOf(repository.id, behavior)).length > 0) await transaction.enqueue(remediateJob(repository, behavior));
  }
}
