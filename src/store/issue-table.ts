import type { StoreTransaction } from '../flows/ports/store.ts';
import { issueForm } from './form/issue-form.ts';
import type { Session } from './session.ts';

/** What our record says of our issues. */
export function issueTable(session: Session): Pick<StoreTransaction, 'issueRecord' | 'saveIssueRecord'> {
  const { database } = session;
  return {
    async issueRecord({ accountId, topic }) {
      const row = await session.first(database.selectFrom('app_issues').select('record').where('account_id', '=', accountId).where('topic', '=', topic));
      return row === null ? null : issueForm.read(row.record);
    },
    async saveIssueRecord({ accountId, topic }, record) {
      const changed = { record: issueForm.write(record) };
      await session.run(database.insertInto('app_issues').values({ account_id: accountId, topic, ...changed }).onConflict((conflict) => conflict.columns(['account_id', 'topic']).doUpdateSet(changed)));
    },
  };
}
