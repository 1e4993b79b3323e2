import { dueByNow, nextLook } from '../../domain/scan/due-scan.ts';
import { scanSettingsOf } from '../../domain/scan/scan-settings.ts';
import type { Configuration } from '../../domain/configuration/configuration.ts';
import type { RepositoryRef } from '../../domain/repository.ts';
import { captureConfiguration } from '../capture-configuration.ts';
import type { FlowPorts } from '../flow-ports.ts';
import { scannedBranch } from './scanned-branch.ts';

/** Reads again when a repository wants to be scanned, and measures nothing. @throws Failure when GitHub or the store does not answer. */
export async function planScan(ports: FlowPorts, repository: RepositoryRef): Promise<void> {
  const github = ports.github.repository(repository);
  const { branch, tip } = await scannedBranch(ports, github, repository);
  if (tip === null) return;
  const { state } = await captureConfiguration(ports, { repository, github, commit: tip, branch, defaultBranch: branch });
  await followSchedule(ports, { repository, branch, configuration: state.effective });
}

export interface ScheduleToFollow {
  readonly repository: RepositoryRef;
  /** Whose configuration it is. */
  readonly branch: string;
  /** In force there; null: none is. */
  readonly configuration: Configuration | null;
}

/** A schedule counts from when it is on the default branch. */
export async function followSchedule({ store, clock }: Pick<FlowPorts, 'store' | 'clock'>, { repository, branch, configuration }: ScheduleToFollow): Promise<void> {
  if (configuration === null) return;
  const { schedule } = scanSettingsOf(configuration.document);
  await store.transaction(async (transaction) => {
    const now = clock.now();
    const plan = await transaction.holdScanPlan(repository.id);
    if (plan === null || plan.branch !== branch) return;
    const due = dueByNow({ known: plan.due, schedule, now, accountId: repository.account.id });
    if (due !== null) await transaction.saveScanPlan({ ...plan, due, nextAt: nextLook(due, now) });
  });
}
