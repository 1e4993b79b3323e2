import type { UnsettledOutcome } from '../domain/scan/scan.ts';
import type { StoreTransaction } from '../flows/ports/store.ts';
import { scanForm, scanPlanForm } from './form/scan-form.ts';
import { forgetGrants } from './leftover-tables.ts';
import type { Session } from './session.ts';

type ScanPart = Pick<StoreTransaction, 'saveScanPlan' | 'scanPlan' | 'holdScanPlan' | 'dueScanPlans' | 'scanPlansOf' | 'plannedAccounts' | 'forgetScanPlan' | 'beginScan' | 'scan' | 'scansWaitingFor' | 'noteMeasured' | 'settleRepository' | 'scanOutcomes' | 'concludeScan' | 'openScans'>;

/** When repositories are scanned, and which scans are on their way. */
export function scanTables(session: Session): ScanPart {
  return { ...planTable(session), ...openScanTables(session) };
}

function planTable(session: Session): Pick<ScanPart, 'saveScanPlan' | 'scanPlan' | 'holdScanPlan' | 'dueScanPlans' | 'scanPlansOf' | 'plannedAccounts' | 'forgetScanPlan'> {
  const { database } = session;
  return {
    async saveScanPlan(plan) {
      const changed = { account_id: plan.repository.account.id, next_at: new Date(plan.nextAt), behaviors: plan.scanned?.behaviors ?? 0, plan: scanPlanForm.write(plan) };
      await session.run(database.insertInto('scan_plans').values({ repository_id: plan.repository.id, ...changed }).onConflict((conflict) => conflict.column('repository_id').doUpdateSet(changed)));
    },
    async scanPlan(repositoryId) {
      const row = await session.first(database.selectFrom('scan_plans').select('plan').where('repository_id', '=', repositoryId));
      return row === null ? null : scanPlanForm.read(row.plan);
    },
    async holdScanPlan(repositoryId) {
      const row = await session.first(database.selectFrom('scan_plans').select('plan').where('repository_id', '=', repositoryId).forUpdate());
      return row === null ? null : scanPlanForm.read(row.plan);
    },
    async dueScanPlans(now, limit) {
      const due = database.selectFrom('scan_plans').select('plan').where('next_at', '<=', now).orderBy('next_at').orderBy('repository_id').limit(limit);
      return (await session.rows(due)).map(({ plan }) => scanPlanForm.read(plan));
    },
    async scanPlansOf(accountId) {
      const all = database.selectFrom('scan_plans').select('plan').where('account_id', '=', accountId).orderBy('repository_id');
      return (await session.rows(all)).map(({ plan }) => scanPlanForm.read(plan));
    },
    async plannedAccounts() {
      const all = database.selectFrom('scan_plans').select('account_id').distinct().orderBy('account_id');
      return (await session.rows(all)).map((row) => Number(row.account_id));
    },
    async forgetScanPlan(repositoryId) {
      await session.run(database.deleteFrom('scan_plans').where('repository_id', '=', repositoryId));
      await session.run(database.deleteFrom('drifts').where('repository_id', '=', repositoryId));
      await forgetGrants(session, repositoryId);
    },
  };
}

function openScanTables(session: Session): Pick<ScanPart, 'beginScan' | 'scan' | 'scansWaitingFor' | 'noteMeasured' | 'settleRepository' | 'scanOutcomes' | 'concludeScan' | 'openScans'> {
  const { database } = session;
  const openScansAt = (repositoryId: number, from: UnsettledOutcome) =>
    database.selectFrom('scan_repositories').innerJoin('scans', 'scans.id', 'scan_repositories.scan_id').select('scans.id').where('repository_id', '=', repositoryId).where('state', '=', from).where('scans.concluded_at', 'is', null).orderBy('scans.id');
  return {
    async beginScan(scan, repositoryIds) {
      const { id, accountId, begunAt } = scan;
      await session.run(database.insertInto('scans').values({ id, account_id: accountId, begun_at: new Date(begunAt), concluded_at: null, scan: scanForm.write(scan) }));
      const rows = repositoryIds.map((repositoryId) => ({ scan_id: id, repository_id: repositoryId, state: 'waiting' as const }));
      if (rows.length > 0) await session.run(database.insertInto('scan_repositories').values(rows));
    },
    async scan(id) {
      const row = await session.first(database.selectFrom('scans').select('scan').where('id', '=', id));
      return row === null ? null : scanForm.read(row.scan);
    },
    async scansWaitingFor(repositoryId) {
      return (await session.rows(openScansAt(repositoryId, 'waiting'))).map(({ id }) => id);
    },
    async noteMeasured(repositoryId, scans) {
      if (scans.length === 0) return;
      const measured = database.updateTable('scan_repositories').set({ state: 'confirming' }).where('repository_id', '=', repositoryId);
      await session.run(measured.where('scan_id', 'in', scans).where('state', '=', 'waiting'));
    },
    async settleRepository(repositoryId, from, outcome) {
      const settled: { readonly id: string; readonly left: number }[] = [];
      // Two that settle at once would each see the other waiting: the scan's own row is held, in one order.
      for (const { id } of await session.rows(openScansAt(repositoryId, from).forUpdate('scans'))) {
        await session.run(database.updateTable('scan_repositories').set({ state: outcome }).where('scan_id', '=', id).where('repository_id', '=', repositoryId));
        const left = database.selectFrom('scan_repositories').select('repository_id').where('scan_id', '=', id).where('state', 'in', ['waiting', 'confirming']);
        settled.push({ id, left: (await session.rows(left)).length });
      }
      return settled;
    },
    async scanOutcomes(id) {
      const rows = await session.rows(database.selectFrom('scan_repositories').select(['repository_id', 'state']).where('scan_id', '=', id));
      return new Map(rows.map((row) => [Number(row.repository_id), row.state]));
    },
    async concludeScan(id, at) {
      const concluded = database.updateTable('scans').set({ concluded_at: at }).where('id', '=', id).where('concluded_at', 'is', null);
      return (await session.rows(concluded.returning('id'))).length > 0;
    },
    async openScans(before) {
      const open = database.selectFrom('scans').select('scan').where('concluded_at', 'is', null).where('begun_at', '<', before).orderBy('begun_at').orderBy('id');
      return (await session.rows(open)).map(({ scan }) => scanForm.read(scan));
    },
  };
}
