import type { TrustedKey } from '../audit/trusted-key.ts';
import { createAnchoring } from '../flows/anchor-checkpoints.ts';
import { createSelfAuditor } from '../flows/create-self-auditor.ts';
import type { FlowPorts } from '../flows/flow-ports.ts';
import type { Anchor } from '../flows/ports/anchor.ts';
import { reconcileRepositories } from '../flows/reconcile-pull-requests.ts';
import { createDeliveryRepair } from '../flows/repair-deliveries.ts';
import { beginScans, concludeLateScans } from '../flows/scan/begin-scans.ts';
import { listRepositories } from '../flows/scan/list-repositories.ts';
import { anchorSchedule, expirySchedule, lateScanSchedule, listSchedule, pruneSchedule, reconcileSchedule, repairSchedule, retentionSchedule, scanSchedule, selfAuditSchedule, stalledSchedule, watchdogSchedule } from '../flows/schedule-names.ts';
import { applyRetention } from '../flows/retention/apply-retention.ts';
import type { RetentionPeriods } from '../flows/retention/retention-periods.ts';
import { steadyNow } from '../flows/retention/steady-now.ts';
import type { CheckpointSealer } from '../flows/seal-checkpoint.ts';
import { sweepExpiredDecisions } from '../flows/sweep-expired-decisions.ts';
import { sweepStalledEffects } from '../flows/sweep-stalled-effects.ts';
import { sweepStaleEvaluations } from '../flows/sweep-stale-evaluations.ts';
import { deadlines } from './dispatch.ts';
import type { Schedule } from './schedules.ts';
import { createSealSchedule } from './seal-schedule.ts';
import type { SealSchedulePorts } from './seal-schedule.ts';

const minute = 60_000;

/** How the logs are sealed, published and verified. */
export interface WatchedLogs {
  readonly sealing: Pick<SealSchedulePorts, 'everyMs' | 'everyEntries'>;
  readonly anchors: readonly Anchor[];
  /** Those of the server, from which what logs say about keys leads on. */
  readonly keys: readonly TrustedKey[];
  /** Milliseconds in which each log is verified once. */
  readonly selfAuditMs: number;
}

/** Everything that the server does without being asked. All run once at start: that is when something was missed. */
export function serverSchedules(ports: FlowPorts, sealer: CheckpointSealer, watch: WatchedLogs, periods: RetentionPeriods): readonly Schedule[] {
  const { store, clock, log } = ports;
  const repair = createDeliveryRepair(ports);
  const audit = createSelfAuditor({ store, keys: watch.keys, clock, log }, { everyMs: watch.selfAuditMs, turnMs: 2 * minute });
  return [
    { name: repairSchedule, everyMs: 5 * minute, run: async () => void (await repair()) },
    { name: reconcileSchedule, everyMs: 15 * minute, run: (signal) => reconcileRepositories(ports, signal) },
    { name: expirySchedule, everyMs: minute, run: async () => void (await sweepExpiredDecisions(ports)) },
    { name: watchdogSchedule, everyMs: minute, run: async () => void (await sweepStaleEvaluations(ports, 2 * deadlines.evaluate)) },
    { name: stalledSchedule, everyMs: minute, run: async () => void (await sweepStalledEffects(ports, 10 * minute)) },
    { name: listSchedule, everyMs: 60 * minute, run: (signal) => listRepositories(ports, signal) },
    { name: scanSchedule, everyMs: minute, run: () => beginScans(ports) },
    { name: lateScanSchedule, everyMs: 15 * minute, run: () => concludeLateScans(ports) },
    { name: pruneSchedule, everyMs: 60 * minute, run: async () => await store.prune(await steadyNow({ store, clock, log })) },
    { name: retentionSchedule, everyMs: 6 * 60 * minute, run: (signal) => retain(ports, periods, signal) },
    createSealSchedule({ sealer, audit: store.audit, clock, log, ...watch.sealing }),
    { name: anchorSchedule, everyMs: minute, run: createAnchoring({ store, anchors: watch.anchors, keys: watch.keys, clock, log }) },
    { name: selfAuditSchedule, everyMs: 5 * minute, run: async (signal) => void (await audit(signal)) },
  ];
}

async function retain({ store, clock, log }: FlowPorts, periods: RetentionPeriods, signal: AbortSignal): Promise<void> {
  const now = await steadyNow({ store, clock, log });
  if (now !== null) await applyRetention({ store, clock: { now: () => now }, log }, periods, signal);
}
