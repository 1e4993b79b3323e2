import type { RepositoryRef } from '../../domain/repository.ts';
import type { SettledOutcome, UnsettledOutcome } from '../../domain/scan/scan.ts';
import { soon } from '../digest/digest-jobs.ts';
import type { FlowPorts } from '../flow-ports.ts';
import { concludeScanJob } from '../job-requests.ts';
import type { StoreTransaction } from '../ports/store.ts';

export interface SettledRepository {
  /** What was to be done: scans that began since then have their own measurement yet to come. */
  readonly from: UnsettledOutcome;
  readonly outcome: SettledOutcome;
  readonly now: Date;
}

/**
 * A repository is done, in every open scan that is at this with it. Those that wait for no other are concluded: what they found is acted upon together.
 * @returns Whether there was one.
 */
export async function settleRepository(transaction: StoreTransaction, repository: RepositoryRef, { from, outcome, now }: SettledRepository): Promise<boolean> {
  const plan = outcome === 'failed' ? await transaction.holdScanPlan(repository.id) : null;
  if (plan !== null) await transaction.saveScanPlan({ ...plan, failedSince: plan.failedSince ?? now.toISOString() });
  const settled = await transaction.settleRepository(repository.id, from, outcome);
  for (const { id, left } of settled) if (left === 0) await conclude(transaction, repository, { id, now, runAt: now });
  return settled.length > 0;
}

/**
 * A repository was measured, and what that found was confirmed. Where no open scan waits for that, as after a merge, or since it came too late for its own,
 * it is a scan of its own: else nobody would act upon it before the next one.
 */
export async function settleMeasured({ newId, clock }: Pick<FlowPorts, 'newId' | 'clock'>, transaction: StoreTransaction, repository: RepositoryRef): Promise<void> {
  const now = clock.now();
  const isAwaited = await settleRepository(transaction, repository, { from: 'confirming', outcome: 'measured', now });
  if (isAwaited || (await transaction.scansWaitingFor(repository.id)).length > 0) return;
  const id = newId();
  await transaction.beginScan({ id, accountId: repository.account.id, begunAt: now.toISOString(), trigger: 'measurement', asked: null }, [repository.id]);
  await transaction.noteMeasured(repository.id, [id]);
  await transaction.settleRepository(repository.id, 'confirming', 'measured');
  // Others may come so, too: what one scan may open bounds them together.
  await conclude(transaction, repository, { id, now, runAt: soon(now) });
}

interface ScanToConclude {
  readonly id: string;
  readonly now: Date;
  readonly runAt: Date;
}

async function conclude(transaction: StoreTransaction, repository: RepositoryRef, { id, now, runAt }: ScanToConclude): Promise<void> {
  if (await transaction.concludeScan(id, now)) await transaction.enqueue(concludeScanJob(repository, id, runAt));
}
