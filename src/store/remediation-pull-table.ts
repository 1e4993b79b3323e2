import { unrecordedPull } from '../domain/remediation/unrecorded-pull.ts';
import type { RemediationKey, RemediationPullRecord } from '../domain/remediation/remediation-record.ts';
import type { StoreTransaction } from '../flows/ports/store.ts';
import { remediationForm, remediationPullForm } from './form/remediation-form.ts';
import { lockRepository } from './lock-repository.ts';
import { columnsOf } from './remediation-columns.ts';
import type { Session } from './session.ts';

type PullPart = Pick<StoreTransaction, 'recordRemediationPull' | 'remediationOfPull' | 'remediationPulls' | 'remediationPullsSince'>;

/** What is recorded of the pull requests of remediations. */
export function remediationPullTable(session: Session): PullPart {
  return {
    recordRemediationPull: (key, number, changes) => record(session, key, { number, changes }),
    async remediationOfPull(repositoryId, number) {
      const found = session.database.selectFrom('remediation_pulls').innerJoin('remediations', (both) => both.onRef('remediations.repository_id', '=', 'remediation_pulls.repository_id').onRef('remediations.fingerprint', '=', 'remediation_pulls.fingerprint'));
      const row = await session.first(found.select('remediations.record').where('remediation_pulls.repository_id', '=', repositoryId).where('remediation_pulls.number', '=', number));
      return row === null ? null : remediationForm.read(row.record);
    },
    async remediationPulls(key) {
      return (await session.rows(allPulls(session, key).orderBy('number'))).map((row) => remediationPullForm.read(row.record));
    },
    async remediationPullsSince(accountId, since) {
      const all = session.database.selectFrom('remediation_pulls').select('number').where('account_id', '=', accountId);
      return (await session.rows(all.where('opened_at', '>', since))).length;
    },
  };
}

function allPulls(session: Session, { repositoryId, fingerprint }: RemediationKey) {
  return session.database.selectFrom('remediation_pulls').select('record').where('repository_id', '=', repositoryId).where('fingerprint', '=', fingerprint);
}

async function record(session: Session, key: RemediationKey, { number, changes }: { readonly number: number; readonly changes: Partial<RemediationPullRecord> }): Promise<void> {
  await lockRepository(session, key.repositoryId);
  const known = await session.first(allPulls(session, key).where('number', '=', number));
  const changed = { ...(known === null ? unrecordedPull(number) : remediationPullForm.read(known.record)), ...changes, number };
  const columns = { record: remediationPullForm.write(changed), opened_at: changed.openedAt === null ? null : new Date(changed.openedAt) };
  const row = { ...columnsOf(key), number, account_id: await accountOf(session, key), ...columns };
  await session.run(session.database.insertInto('remediation_pulls').values(row).onConflict((conflict) => conflict.columns(['repository_id', 'fingerprint', 'number']).doUpdateSet(columns)));
}

/** Null when the remediation was not begun. */
async function accountOf(session: Session, key: RemediationKey): Promise<number | null> {
  const found = await session.first(session.database.selectFrom('remediations').select('record').where('repository_id', '=', key.repositoryId).where('fingerprint', '=', key.fingerprint));
  return found === null ? null : remediationForm.read(found.record).repository.account.id;
}
