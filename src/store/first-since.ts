import type { Session } from './session.ts';

/** Times of a log never go back, so that an instant is a place in it. Null: everything was before. */
export async function firstSince(session: Session, account: number, at: Date): Promise<number | null> {
  const since = session.database.selectFrom('audit_terms').select('sequence').where('account_id', '=', account).where('place', '=', 0).where('at', '>=', at);
  const row = await session.first(since.orderBy('at').orderBy('sequence').limit(1));
  return row === null ? null : Number(row.sequence);
}
