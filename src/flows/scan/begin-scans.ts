import { nextLook } from '../../domain/scan/due-scan.ts';
import { jitterOf } from '../../domain/scan/next-scan.ts';
import type { ScanPlan } from '../../domain/scan/scan.ts';
import type { FlowPorts } from '../flow-ports.ts';
import { concludeScanJob, planScanJob, scanJob } from '../job-requests.ts';

/** Repositories that are begun with at once; what is due beside them is begun a minute later. */
const mostAtOnce = 2_000;

/** What waits for a repository longer than that waits no more. */
const longestMs = 6 * 3_600_000;

/**
 * Begins one scan for each account with repositories that are due. Their jobs are spread over some minutes, and taken in turn by account. Of those
 * that are not due it is read again when they are.
 */
export async function beginScans({ store, clock, newId }: Pick<FlowPorts, 'store' | 'clock' | 'newId'>): Promise<void> {
  const now = clock.now();
  const looked = await store.transaction((transaction) => transaction.dueScanPlans(now, mostAtOnce));
  for (const [accountId, plans] of Map.groupBy(looked, ({ repository }) => repository.account.id)) {
    const due = plans.filter((plan) => plan.due === null || Date.parse(plan.due.at) <= now.getTime());
    await store.transaction(async (transaction) => {
      if (due.length > 0) await transaction.beginScan({ id: newId(), accountId, begunAt: now.toISOString(), trigger: 'schedule', asked: null }, due.map(({ repository }) => repository.id));
      for (const plan of plans) {
        // Until it says itself when it comes next.
        const kept = await transaction.holdScanPlan(plan.repository.id);
        if (kept !== null) await transaction.saveScanPlan({ ...kept, nextAt: nextLook(null, now) });
        await transaction.enqueue(due.includes(plan) ? scanJob({ repository: plan.repository, confirming: null }, startOf(plan, due.length, now)) : planScanJob(plan.repository));
      }
    });
  }
}

/** One repository alone need not wait for others. */
function startOf({ repository }: ScanPlan, together: number, now: Date): Date {
  return together === 1 ? now : new Date(now.getTime() + (jitterOf(`repository:${repository.id}`) * Math.min(together, 1_000)) / 1_000);
}

/** Concludes scans that waited too long for some of their repositories, by what they know. */
export async function concludeLateScans({ store, clock, log }: Pick<FlowPorts, 'store' | 'clock' | 'log'>): Promise<void> {
  const now = clock.now();
  await store.transaction(async (transaction) => {
    for (const scan of await transaction.openScans(new Date(now.getTime() - longestMs))) {
      const [plan] = await transaction.scanPlansOf(scan.accountId);
      if (!(await transaction.concludeScan(scan.id, now)) || plan === undefined) continue;
      log.warn('scan concluded without some of its repositories', { scan: scan.id, account: plan.repository.account.login });
      await transaction.enqueue(concludeScanJob(plan.repository, scan.id, now));
    }
  });
}
