import { sql } from 'kysely';
import { isQuiet } from '../domain/drift/is-quiet.ts';
import { opensSince } from '../domain/drift/scanned-behavior.ts';
import type { KeptDrift } from '../domain/drift/scanned-behavior.ts';
import type { StoreTransaction } from '../flows/ports/store.ts';
import { driftForm, driftRunForm } from './form/scan-form.ts';
import { keyText } from './key-text.ts';
import type { Session } from './session.ts';

type DriftPart = Pick<StoreTransaction, 'saveDrift' | 'holdDrifts' | 'driftsOf' | 'driftsOfAccount' | 'driftReach' | 'noteDriftLook' | 'keepDriftsOf' | 'recordDriftRun' | 'driftRuns'>;

/** How behaviours stand, and how long drifts took to mend. */
export function driftTables(session: Session): DriftPart {
  const { database } = session;
  const driftsOf = async (repositoryId: number): Promise<readonly KeptDrift[]> => {
    const all = database.selectFrom('drifts').select('drift').where('repository_id', '=', repositoryId).orderBy('behavior_key');
    return (await session.rows(all)).map(({ drift }) => driftForm.read(drift));
  };
  return {
    async saveDrift(accountId, drift) {
      const { repositoryId, behavior } = drift.record;
      const since = opensSince(drift);
      const changed = { account_id: accountId, playbook: drift.scanned.playbook, opens_since: since === null ? null : new Date(since), is_quiet: isQuiet(drift.record), drift: driftForm.write(drift) };
      const row = { repository_id: repositoryId, behavior_key: keyText(behavior), looked_since: null, ...changed };
      await session.run(database.insertInto('drifts').values(row).onConflict((conflict) => conflict.columns(['repository_id', 'behavior_key']).doUpdateSet(changed)));
    },
    async holdDrifts(repositoryId) {
      await session.raw(sql`select pg_advisory_xact_lock(hashtextextended(${`plumbline drifts ${repositoryId}`}, 0))`);
      return driftsOf(repositoryId);
    },
    driftsOf,
    async driftsOfAccount(accountId) {
      const ofAccount = database.selectFrom('drifts').where('account_id', '=', accountId);
      const told = await session.rows(ofAccount.select('drift').where('is_quiet', '=', false).orderBy('repository_id').orderBy('behavior_key'));
      const [quiet] = await session.rows(ofAccount.select(({ fn }) => fn.countAll<string | number | bigint>().as('count')).where('is_quiet', '=', true));
      return { told: told.map(({ drift }) => driftForm.read(drift)), quiet: Number(quiet?.count ?? 0) };
    },
    async driftReach(accountId) {
      const [governed] = await session.rows(database.selectFrom('scan_plans').select(({ fn }) => fn.countAll<string | number | bigint>().as('count')).where('account_id', '=', accountId).where('behaviors', '>', 0));
      const waiting = database.selectFrom('drifts').select(['repository_id', 'playbook']).where('account_id', '=', accountId).where('opens_since', 'is not', null);
      const rows = await session.rows(waiting.where((columns) => columns.eb('opens_since', 'is distinct from', columns.ref('looked_since'))).orderBy('repository_id').orderBy('behavior_key'));
      return { governed: Number(governed?.count ?? 0), toOpen: rows.map((row) => ({ repositoryId: Number(row.repository_id), playbook: row.playbook })) };
    },
    async noteDriftLook(repositoryId, behavior, since) {
      const row = database.updateTable('drifts').set({ looked_since: since === null ? null : new Date(since) });
      await session.run(row.where('repository_id', '=', repositoryId).where('behavior_key', '=', keyText(behavior)));
    },
    async keepDriftsOf(repositoryId, behaviors) {
      const others = database.deleteFrom('drifts').where('repository_id', '=', repositoryId);
      await session.run(behaviors.length === 0 ? others : others.where('behavior_key', 'not in', behaviors.map(keyText)));
    },
    async recordDriftRun(accountId, run) {
      const row = { repository_id: run.repositoryId, behavior_key: keyText(run.behavior), clean_at: new Date(run.cleanAt), account_id: accountId, run: driftRunForm.write(run) };
      await session.run(database.insertInto('drift_runs').values(row).onConflict((conflict) => conflict.doNothing()));
    },
    async driftRuns(accountId, limit) {
      const newest = database.selectFrom('drift_runs').select('run').where('account_id', '=', accountId).orderBy('clean_at', 'desc').orderBy('repository_id').orderBy('behavior_key').limit(limit);
      return (await session.rows(newest)).map(({ run }) => driftRunForm.read(run));
    },
  };
}
