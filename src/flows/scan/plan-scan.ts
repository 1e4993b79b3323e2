import { dueByNow, nextLook } from '../../domain/scan/due-scan.ts';
import { scanSettingsOf } from '../../domain/scan/scan-settings.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import type { ConfigurationState } from '../../domain/snapshot.ts';
import type { FlowPorts } from '../flow-ports.ts';
import { captureScanned } from './capture-scanned.ts';
import { scannedBranch } from './scanned-branch.ts';

/** Reads again when a repository wants to be scanned, and measures nothing. @throws Failure when GitHub or the store does not answer. */
export async function planScan(ports: FlowPorts, repository: RepositoryRef): Promise<void> {
  const github = ports.github.repository(repository);
  const { branch, tip } = await scannedBranch(ports, github, repository);
  if (tip === null) return;
  const { state } = await captureScanned(ports, repository, { branch, commit: tip });
  await followSchedule(ports, { repository, branch, configuration: state });
}

export interface ScheduleToFollow {
  readonly repository: RepositoryRef;
  /** Whose configuration it is. */
  readonly branch: string;
  readonly configuration: Pick<ConfigurationState, 'kind' | 'effective'>;
}

/** A schedule counts from when it is on the default branch. */
export async function followSchedule({ store, clock }: Pick<FlowPorts, 'store' | 'clock'>, { repository, branch, configuration }: ScheduleToFollow): Promise<void> {
  if (configuration.kind !== 'effective' || configuration.effective === null) return;
  const { schedule } = scanSettingsOf(configuration.effective.document);
  await store.transaction(async (transaction) => {
    const now = clock.now();
    const plan = await transaction.holdScanPlan(repository.id);
    if (plan === null || plan.branch !== branch) return;
    const due = dueByNow({ known: plan.due, schedule, now, accountId: repository.account.id });
    if (due !== null) await transaction.saveScanPlan({ ...plan, due, nextAt: nextLook(due, now) });
  });
}
