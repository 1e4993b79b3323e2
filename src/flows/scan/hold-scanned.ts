import type { KeptDrift } from '../../domain/drift/scanned-behavior.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import type { ScanPlan } from '../../domain/scan/scan.ts';
import type { StoreTransaction } from '../ports/store.ts';
import { forgetBehaviors } from './forget-behaviors.ts';

/** What scans know of a repository. The drifts are of the branch of the plan, and of no other. */
export interface ScannedRepository {
  /** Null: it is not known, and neither is a drift. */
  readonly plan: ScanPlan | null;
  readonly drifts: readonly KeptDrift[];
}

/** For whoever saves any of it: in one order, so that none waits for another that waits for it. */
export async function holdScanned(transaction: StoreTransaction, { id }: RepositoryRef): Promise<ScannedRepository> {
  const drifts = await transaction.holdDrifts(id);
  return { drifts, plan: await transaction.holdScanPlan(id) };
}

/**
 * For whoever saves a plan of a branch: what was measured on another one says nothing of this one, and is forgotten; what was opened for it
 * is looked at. @returns What is known of the branch itself.
 */
export async function forgetOtherBranch(transaction: StoreTransaction, repository: RepositoryRef, { held, branch }: { readonly held: ScannedRepository; readonly branch: string }): Promise<ScannedRepository> {
  const { plan, drifts } = held;
  if (plan === null || plan.branch === branch) return held;
  await forgetBehaviors(transaction, repository, { known: drifts, there: [] });
  return { plan: { ...plan, branch, scanned: null }, drifts: [] };
}
