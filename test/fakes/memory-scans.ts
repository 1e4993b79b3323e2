import { isQuiet } from '../../src/domain/drift/is-quiet.ts';
import { opensSince } from '../../src/domain/drift/scanned-behavior.ts';
import type { ScanOutcome } from '../../src/domain/scan/scan.ts';
import type { ScanStore } from '../../src/flows/ports/scan-store.ts';
import type { MemoryState, ScanRow } from './memory-state.ts';

export function scans(state: MemoryState): ScanStore {
  return { ...plans(state), ...open(state), ...drifts(state) };
}

function plans(state: MemoryState): Pick<ScanStore, 'saveScanPlan' | 'scanPlan' | 'holdScanPlan' | 'dueScanPlans' | 'scanPlansOf' | 'plannedAccounts' | 'forgetScanPlan'> {
  const byId = () => [...state.scanPlans.values()].toSorted((a, b) => a.repository.id - b.repository.id);
  return {
    async saveScanPlan(plan) {
      state.scanPlans.set(plan.repository.id, plan);
    },
    scanPlan: async (repositoryId) => state.scanPlans.get(repositoryId) ?? null,
    holdScanPlan: async (repositoryId) => state.scanPlans.get(repositoryId) ?? null,
    dueScanPlans: async (now, limit) => byId().filter(({ nextAt }) => Date.parse(nextAt) <= now.getTime()).toSorted((a, b) => Date.parse(a.nextAt) - Date.parse(b.nextAt)).slice(0, limit),
    scanPlansOf: async (accountId) => byId().filter(({ repository }) => repository.account.id === accountId),
    plannedAccounts: async () => [...new Set(byId().map(({ repository }) => repository.account.id))].toSorted((a, b) => a - b),
    async forgetScanPlan(repositoryId) {
      state.scanPlans.delete(repositoryId);
      for (const [key, { drift }] of state.drifts) if (drift.record.repositoryId === repositoryId) state.drifts.delete(key);
      for (const [key, row] of state.grants) if (row.repositoryId === repositoryId) state.grants.delete(key);
      for (const [key, row] of state.openMatches) if (row.repositoryId === repositoryId) state.openMatches.delete(key);
      for (const [key, row] of state.leftovers) if (row.repositoryId === repositoryId) state.leftovers.delete(key);
    },
  };
}

function open(state: MemoryState): Pick<ScanStore, 'beginScan' | 'scan' | 'scansWaitingFor' | 'noteMeasured' | 'settleRepository' | 'scanOutcomes' | 'concludeScan' | 'openScans'> {
  const outcomesOf = (id: string): ScanRow['outcomes'] => state.scans.get(id)?.outcomes ?? new Map();
  const openScansAt = (repositoryId: number, from: ScanOutcome): readonly ScanRow[] => [...state.scans.values()].filter(({ outcomes, isConcluded }) => !isConcluded && outcomes.get(repositoryId) === from).toSorted((a, b) => (a.scan.id < b.scan.id ? -1 : 1));
  const settle = (rows: readonly ScanRow[], repositoryId: number, outcome: ScanOutcome): void => {
    for (const row of rows) state.scans.set(row.scan.id, { ...row, outcomes: new Map([...row.outcomes, [repositoryId, outcome]]) });
  };
  return {
    async beginScan(scan, repositoryIds) {
      state.scans.set(scan.id, { scan, outcomes: new Map(repositoryIds.map((id) => [id, 'waiting'])), isConcluded: false });
    },
    scan: async (id) => state.scans.get(id)?.scan ?? null,
    scansWaitingFor: async (repositoryId) => openScansAt(repositoryId, 'waiting').map(({ scan }) => scan.id),
    async noteMeasured(repositoryId, scans) {
      settle([...state.scans.values()].filter(({ scan, outcomes }) => scans.includes(scan.id) && outcomes.get(repositoryId) === 'waiting'), repositoryId, 'confirming');
    },
    async settleRepository(repositoryId, from, outcome) {
      const unsettled = openScansAt(repositoryId, from);
      settle(unsettled, repositoryId, outcome);
      return unsettled.map(({ scan }) => ({ id: scan.id, left: [...outcomesOf(scan.id).values()].filter((one) => one === 'waiting' || one === 'confirming').length }));
    },
    scanOutcomes: async (id) => outcomesOf(id),
    async concludeScan(id) {
      const row = state.scans.get(id);
      if (row === undefined || row.isConcluded) return false;
      state.scans.set(id, { ...row, isConcluded: true });
      return true;
    },
    openScans: async (before) => [...state.scans.values()].filter(({ scan, isConcluded }) => !isConcluded && Date.parse(scan.begunAt) < before.getTime()).map(({ scan }) => scan).toSorted((a, b) => Date.parse(a.begunAt) - Date.parse(b.begunAt)),
  };
}

function drifts(state: MemoryState): Pick<ScanStore, 'saveDrift' | 'holdDrifts' | 'driftsOf' | 'driftsOfAccount' | 'driftReach' | 'noteDriftLook' | 'keepDriftsOf' | 'recordDriftRun' | 'driftRuns'> {
  const keyOf = (repositoryId: number, behavior: string) => JSON.stringify([repositoryId, behavior]);
  const all = () => [...state.drifts.values()].toSorted((a, b) => a.drift.record.repositoryId - b.drift.record.repositoryId || (a.drift.record.behavior < b.drift.record.behavior ? -1 : 1));
  const ofRepository = (repositoryId: number) => all().filter(({ drift }) => drift.record.repositoryId === repositoryId).map(({ drift }) => drift);
  return {
    async saveDrift(accountId, drift) {
      const key = keyOf(drift.record.repositoryId, drift.record.behavior);
      state.drifts.set(key, { accountId, drift, lookedSince: state.drifts.get(key)?.lookedSince ?? null });
    },
    holdDrifts: async (repositoryId) => ofRepository(repositoryId),
    driftsOf: async (repositoryId) => ofRepository(repositoryId),
    async driftsOfAccount(accountId) {
      const ofAccount = all().filter((one) => one.accountId === accountId).map(({ drift }) => drift);
      const told = ofAccount.filter(({ record }) => !isQuiet(record));
      return { told, quiet: ofAccount.length - told.length };
    },
    driftReach: async (accountId) => ({
      governed: [...state.scanPlans.values()].filter(({ repository, scanned }) => repository.account.id === accountId && (scanned?.behaviors ?? 0) > 0).length,
      toOpen: all().filter((one) => one.accountId === accountId && opensSince(one.drift) !== null && opensSince(one.drift) !== one.lookedSince).map(({ drift }) => ({ repositoryId: drift.record.repositoryId, playbook: drift.scanned.playbook })),
    }),
    async noteDriftLook(repositoryId, behavior, since) {
      const key = keyOf(repositoryId, behavior);
      const known = state.drifts.get(key);
      if (known !== undefined) state.drifts.set(key, { ...known, lookedSince: since });
    },
    async keepDriftsOf(repositoryId, behaviors) {
      for (const [key, { drift: { record } }] of state.drifts) if (record.repositoryId === repositoryId && !behaviors.includes(record.behavior)) state.drifts.delete(key);
    },
    async recordDriftRun(accountId, run) {
      const key = JSON.stringify([run.repositoryId, run.behavior, run.cleanAt]);
      if (!state.driftRuns.has(key)) state.driftRuns.set(key, { accountId, run });
    },
    driftRuns: async (accountId, limit) =>
      [...state.driftRuns.values()].filter((one) => one.accountId === accountId).map(({ run }) => run).toSorted((a, b) => Date.parse(b.cleanAt) - Date.parse(a.cleanAt) || a.repositoryId - b.repositoryId || (a.behavior < b.behavior ? -1 : 1)).slice(0, limit),
  };
}
