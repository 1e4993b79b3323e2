import type { CommandOutcome } from '../../domain/command/command-outcome.ts';
import type { FailureCode } from '../../domain/failure.ts';
import type { ScanOutcome } from '../../domain/scan/scan.ts';
import { requestReply } from '../commands/request-reply.ts';
import type { LeasedJob } from '../ports/job-queue.ts';
import type { StoreTransaction } from '../ports/store.ts';

export interface ScanFound {
  readonly outcomes: ReadonlyMap<number, ScanOutcome>;
  /** Repositories that one scan may remediate in, where more drifted; null: it is within. */
  readonly most: number | null;
}

/** Tells whoever asked for a scan what it found in their repository. */
export async function tellScan(transaction: StoreTransaction, scan: string, { outcomes, most }: ScanFound): Promise<void> {
  await tell(transaction, scan, async (repositoryId) => {
    if (outcomes.get(repositoryId) !== 'measured') return { kind: 'not_scanned' };
    const own = await transaction.driftsOf(repositoryId);
    return { kind: 'scanned', most, behaviors: own.map(({ record: { behavior, standing, last }, scanned: { decides, why } }) => ({ behavior, standing, last, decides, why })) };
  });
}

/** A payload that can not be read may be why the job is poison. */
export async function tellBuriedScan(transaction: StoreTransaction, { payload: { scan } }: LeasedJob, code: FailureCode): Promise<void> {
  if (typeof scan === 'string') await tell(transaction, scan, async () => ({ kind: 'failed', code }));
}

async function tell(transaction: StoreTransaction, scan: string, outcomeFor: (repositoryId: number) => Promise<CommandOutcome>): Promise<void> {
  const asked = (await transaction.scan(scan))?.asked ?? null;
  if (asked !== null) await requestReply(transaction, { ...asked, outcome: await outcomeFor(asked.repository.id) });
}
