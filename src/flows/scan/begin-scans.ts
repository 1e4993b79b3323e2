import { jitterOf } from '../../domain/scan/next-scan.ts';
import type { ScanPlan } from '../../domain/scan/scan.ts';
import type { FlowPorts } from '../flow-ports.ts';
import { concludeScanJob, scanJob } from '../job-requests.ts';

/** Repositories that are begun with at once; what is due beside them is begun a minute later. */
const mostAtOnce = 2_000;

/** Until the scan itself says when it comes next. */
const provisionalMs = 24 * 3_600_000;

/** What waits for a repository longer than that waits no more. */
const longestMs = 6 * 3_600_000;

/** Begins one scan for each account with repositories that are due. Their jobs are spread over some minutes, and taken in turn by account. */
export async function beginScans({ store, clock, newId }: Pick<FlowPorts, 'store' | 'clock' | 'newId'>): Promise<void> {
  const now = clock.now();
  const due = await store.transaction((transaction) => transaction.dueScanPlans(now, mostAtOnce));
  for (const [accountId, plans] of Map.groupBy(due, ({ repository }) => repository.account.id)) {
    await store.transaction(async (transaction) => {
      await transaction.beginScan({ id: newId(), accountId, begunAt: now.toISOString(), trigger: 'schedule', asked: null }, plans.map(({ repository }) => repository.id));
      for (const plan of plans) {
        await transaction.saveScanPlan({ ...plan, nextAt: new Date(now.getTime() + provisionalMs).toISOString() });
        await transaction.enqueue(scanJob({ repository: plan.repository, confirming: null }, startOf(plan, plans.length, now)));
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
      await transaction.enqueue(concludeScanJob(plan.repository, scan.id));
    }
  });
}
