import type { StoreTransaction } from '../flows/ports/store.ts';
import { columnsOf } from './remediation-columns.ts';
import type { Session } from './session.ts';

type DecisionPart = Pick<StoreTransaction, 'suppress' | 'suppressions' | 'unsuppress' | 'unsuppressedAt'>;

/** What people decided by closing. */
export function remediationDecisions(session: Session): DecisionPart {
  const { database } = session;
  return {
    async suppress(key, { number, until }) {
      await session.run(database.insertInto('suppressions').values({ ...columnsOf(key), number, until: new Date(until) }).onConflict((conflict) => conflict.doNothing()));
    },
    async suppressions(key) {
      const all = database.selectFrom('suppressions').select(['number', 'until']).where('repository_id', '=', key.repositoryId).where('fingerprint', '=', key.fingerprint);
      return (await session.rows(all.orderBy('number'))).map(({ number, until }) => ({ number: Number(number), until: until.toISOString() }));
    },
    async unsuppress(key, at) {
      await session.run(database.updateTable('remediations').set({ unsuppressed_at: new Date(at) }).where('repository_id', '=', key.repositoryId).where('fingerprint', '=', key.fingerprint));
    },
    async unsuppressedAt(key) {
      const found = await session.first(database.selectFrom('remediations').select('unsuppressed_at').where('repository_id', '=', key.repositoryId).where('fingerprint', '=', key.fingerprint));
      return found?.unsuppressed_at?.toISOString() ?? null;
    },
  };
}
