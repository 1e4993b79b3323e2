import { sql } from 'kysely';
import { distinctBehaviors } from '../domain/remediation/distinct-behaviors.ts';
import { isAtRest } from '../domain/remediation/is-at-rest.ts';
import type { RemediationRecord } from '../domain/remediation/remediation-record.ts';
import type { StoreTransaction } from '../flows/ports/store.ts';
import { lastSaidForm, plannedPathsForm, remediationForm } from './form/remediation-form.ts';
import { keyText } from './key-text.ts';
import { pathReservations } from './path-reservations.ts';
import { remediationDecisions } from './remediation-decisions.ts';
import { remediationIntents } from './remediation-intents.ts';
import { remediationPullTable } from './remediation-pull-table.ts';
import type { Session } from './session.ts';

type RemediationPart = Pick<StoreTransaction, 'beginRemediation' | 'remediationsOf' | 'remediationNamed' | 'restlessBehaviors' | 'stepsOf' | 'countStep' | 'sayOfRemediation' | 'keepPlannedPaths' | 'plannedPaths'> &
  ReturnType<typeof pathReservations> & ReturnType<typeof remediationIntents> & ReturnType<typeof remediationPullTable> & ReturnType<typeof remediationDecisions>;

/** Everything that is kept of remediations. */
export function remediationTables(session: Session): RemediationPart {
  const { database } = session;
  return {
    beginRemediation: (record) => begin(session, record),
    async remediationsOf(repositoryId, behavior) {
      const all = database.selectFrom('remediations').select(['record', 'said']).where('repository_id', '=', repositoryId).where('behavior_key', '=', keyText(behavior)).orderBy('position');
      return (await session.rows(all)).map(({ record, said }) => ({ ...remediationForm.read(record), said: said === null ? null : lastSaidForm.read(said) }));
    },
    async remediationNamed(repositoryId, prefix) {
      const found = await session.first(database.selectFrom('remediations').select('record').where('repository_id', '=', repositoryId).where(sql`left(fingerprint, ${prefix.length})`, '=', prefix).orderBy('position'));
      return found === null ? null : remediationForm.read(found.record);
    },
    async restlessBehaviors(repositoryIds) {
      if (repositoryIds.length === 0) return [];
      const all = await session.rows(database.selectFrom('remediations').select(['repository_id', 'record', 'said']).where('repository_id', 'in', [...repositoryIds]).orderBy('position'));
      const restless = all.filter(({ said }) => !isAtRest({ said: said === null ? null : lastSaidForm.read(said) }));
      return distinctBehaviors(restless.map(({ record }) => remediationForm.read(record)));
    },
    async stepsOf({ repositoryId, fingerprint }) {
      const found = await session.first(database.selectFrom('remediations').select('steps').where('repository_id', '=', repositoryId).where('fingerprint', '=', fingerprint));
      return Number(found?.steps ?? 0);
    },
    async countStep({ repositoryId, fingerprint }) {
      await session.raw(sql`update remediations set steps = steps + 1, said = null where repository_id = ${repositoryId} and fingerprint = ${fingerprint}`);
    },
    async sayOfRemediation(key, said, steps) {
      const written = lastSaidForm.write(said);
      const row = database.updateTable('remediations').set({ said: written }).where('repository_id', '=', key.repositoryId).where('fingerprint', '=', key.fingerprint).where('steps', '=', steps);
      const changed = row.where((columns) => columns.or([columns('said', 'is', null), columns('said', '<>', written)])).returning('fingerprint');
      return (await session.rows(changed)).length > 0;
    },
    async keepPlannedPaths(repositoryId, { plan, paths }) {
      await session.run(database.insertInto('remediation_plans').values({ repository_id: repositoryId, plan, paths: plannedPathsForm.write(paths) }).onConflict((conflict) => conflict.doNothing()));
    },
    async plannedPaths(repositoryId, plan) {
      const found = await session.first(database.selectFrom('remediation_plans').select('paths').where('repository_id', '=', repositoryId).where('plan', '=', plan));
      return found === null ? null : plannedPathsForm.read(found.paths);
    },
    ...pathReservations(session),
    ...remediationIntents(session),
    ...remediationPullTable(session),
    ...remediationDecisions(session),
  };
}

async function begin(session: Session, record: RemediationRecord): Promise<void> {
  const row = { repository_id: record.repository.id, fingerprint: record.fingerprint, behavior_key: keyText(record.behavior), record: remediationForm.write(record), said: null, steps: 0, unsuppressed_at: null, reserved_paths: null, reserved_at: null };
  await session.run(session.database.insertInto('remediations').values(row).onConflict((conflict) => conflict.doNothing()));
}
