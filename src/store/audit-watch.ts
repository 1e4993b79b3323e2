import { Failure } from '../domain/failure.ts';
import type { AnchoredCheckpoint, AnchorState, AuditWatch, SelfAudit } from '../flows/ports/audit-watch.ts';
import type { QueuePorts } from './job-queue.ts';
import { readHolds } from './retention-tables.ts';
import type { Session } from './session.ts';

/** What is remembered of anchors and of the server's own audits. Each call is a transaction of its own. */
export function auditWatchOf({ transaction }: Pick<QueuePorts, 'transaction'>): AuditWatch {
  return {
    accounts: () => transaction(accounts),
    sealed: (account) => transaction((session) => sealed(session, account)),
    anchored: (account) => transaction((session) => anchored(session, account)),
    saveAnchored: (account, checkpoint) => transaction((session) => saveAnchored(session, account, checkpoint)),
    holds: (account) => transaction((session) => readHolds(session, account)),
    selfAudit: (account) => transaction((session) => selfAudit(session, account)),
    saveSelfAudit: (account, { at, ...audit }) =>
      transaction((session) => {
        const row = { audited_at: at, ...audit };
        return session.run(session.database.insertInto('audit_self_audits').values({ account_id: account, ...row }).onConflict((conflict) => conflict.column('account_id').doUpdateSet(row)));
      }),
    clockSeen: () =>
      transaction(async (session) => {
        const row = await session.first(session.database.selectFrom('clock_seen').selectAll());
        return row === null ? null : { at: row.seen_at, steadySince: row.steady_since };
      }),
    saveClockSeen: ({ at, steadySince }) =>
      transaction((session) => {
        const row = { seen_at: at, steady_since: steadySince };
        return session.run(session.database.insertInto('clock_seen').values({ one: true, ...row }).onConflict((conflict) => conflict.column('one').doUpdateSet(row)));
      }),
  };
}

async function accounts(session: Session): Promise<readonly number[]> {
  const audited = session.database.selectFrom('audit_self_audits').select('account_id');
  const rows = await session.rows(audited.union(session.database.selectFrom('audit_anchors').select('account_id')).union(session.database.selectFrom('audit_checkpoints').select('account_id')));
  return rows.map((row) => Number(row.account_id)).toSorted((a, b) => a - b);
}

async function sealed(session: Session, account: number): ReturnType<AuditWatch['sealed']> {
  const all = session.database.selectFrom('audit_checkpoints').select(['size', 'sealed_at']).where('account_id', '=', account);
  const first = await session.first(all.orderBy('size').limit(1));
  const newest = await session.first(all.orderBy('size', 'desc').limit(1));
  return first === null || newest === null ? null : { first: first.sealed_at, newest: { size: Number(newest.size), at: newest.sealed_at } };
}

async function anchored(session: Session, account: number): Promise<readonly AnchorState[]> {
  const rows = await session.rows(session.database.selectFrom('audit_anchors').select(['anchor', 'size', 'anchored_at']).where('account_id', '=', account).orderBy('anchor'));
  const states: AnchorState[] = [];
  for (const { anchor, size, anchored_at: at } of rows) {
    const next = session.database.selectFrom('audit_checkpoints').select('sealed_at').where('account_id', '=', account).where('size', '>', Number(size));
    states.push({ anchor, size: Number(size), at, behindSince: (await session.first(next.orderBy('size').limit(1)))?.sealed_at ?? null });
  }
  return states;
}

async function saveAnchored(session: Session, account: number, { anchor, size, at, cosignature }: AnchoredCheckpoint): Promise<void> {
  const row = { size, anchored_at: at };
  const saving = session.database.insertInto('audit_anchors').values({ account_id: account, anchor, ...row });
  await session.run(saving.onConflict((conflict) => conflict.columns(['account_id', 'anchor']).doUpdateSet(row).where('audit_anchors.size', '<', size)));
  if (cosignature === null) return;
  await session.run(session.database.insertInto('audit_cosignatures').values({ account_id: account, size, anchor, line: cosignature }).onConflict((conflict) => conflict.doNothing()));
}

async function selfAudit(session: Session, account: number): Promise<SelfAudit | null> {
  const row = await session.first(session.database.selectFrom('audit_self_audits').selectAll().where('account_id', '=', account));
  if (row === null) return null;
  const outcome = outcomes.find((one) => one === row.outcome);
  if (outcome === undefined) throw new Failure('STORE_INCONSISTENT', `Cannot read the last audit of account ${account}: it ended in ${JSON.stringify(row.outcome.slice(0, 80))}.`);
  return { at: row.audited_at, entries: Number(row.entries), sealed: Number(row.sealed), outcome };
}

const outcomes = ['verified', 'tampered', 'unchecked'] as const;
