import { Failure } from '../domain/failure.ts';
import type { KeptIntent } from '../domain/remediation/remediation-record.ts';
import type { StoreTransaction } from '../flows/ports/store.ts';
import { columnsOf, digestFrom } from './remediation-columns.ts';
import type { Session } from './session.ts';

type IntentPart = Pick<StoreTransaction, 'intend' | 'setIntentHead' | 'intents' | 'writeAhead' | 'pendingCommits'>;

/** What is written ahead: branches that are meant to be, and commits about to be appended. */
export function remediationIntents(session: Session): IntentPart {
  const { database } = session;
  return {
    async intend(key, { generation, head, plan, mode }) {
      const row = { ...columnsOf(key), generation, head, plan, mode };
      await session.run(database.insertInto('remediation_intents').values(row).onConflict((conflict) => conflict.doNothing()));
    },
    async setIntentHead(key, intent) {
      const { generation, head, plan, mode } = intent;
      const one = database.updateTable('remediation_intents').set({ head, plan, mode }).where('repository_id', '=', key.repositoryId).where('fingerprint', '=', key.fingerprint);
      await session.run(one.where('generation', '=', generation).where('head', 'is', null));
      const kept = await session.first(allIntents(session, key).where('generation', '=', generation));
      if (kept === null || kept.head === null) throw new Failure('STORE_INCONSISTENT', `Cannot set the commit of generation ${generation}: its intent was not kept, expected one`);
      return { generation, head: kept.head, plan: digestFrom(kept.plan), mode: kept.mode };
    },
    async intents(key) {
      const rows = await session.rows(allIntents(session, key).orderBy('generation'));
      return rows.map((row): KeptIntent => ({ generation: row.generation, head: row.head, plan: digestFrom(row.plan), mode: row.mode }));
    },
    async writeAhead(key, { branch, head, plan, onOthersCommits }) {
      const row = { ...columnsOf(key), branch, head, plan, on_others_commits: onOthersCommits };
      await session.run(database.insertInto('remediation_pending').values(row).onConflict((conflict) => conflict.doNothing()));
    },
    async pendingCommits(key) {
      const all = database.selectFrom('remediation_pending').select(['branch', 'head', 'plan', 'on_others_commits']);
      const rows = await session.rows(all.where('repository_id', '=', key.repositoryId).where('fingerprint', '=', key.fingerprint).orderBy('head'));
      return rows.map((row) => ({ branch: row.branch, head: row.head, plan: digestFrom(row.plan), onOthersCommits: row.on_others_commits }));
    },
  };
}

function allIntents(session: Session, key: Parameters<IntentPart['intents']>[0]) {
  return session.database.selectFrom('remediation_intents').select(['generation', 'head', 'plan', 'mode']).where('repository_id', '=', key.repositoryId).where('fingerprint', '=', key.fingerprint);
}
