import type { PlacedRead, ReadLog, ReadOfRecords } from '../flows/ports/read-log.ts';
import type { SearchPage } from '../flows/ports/store-search.ts';
import type { QueuePorts } from './job-queue.ts';
import { keyText } from './key-text.ts';
import type { Session } from './session.ts';

/** Who read what, each call in a transaction of its own. */
export function readLogOf({ transaction }: Pick<QueuePorts, 'transaction'>): ReadLog {
  return {
    record: (read) => transaction((session) => record(session, read)),
    reads: (account, subject, page) => transaction((session) => reads(session, account, { subject, page })),
  };
}

async function record(session: Session, { account, subject, token, query, at }: ReadOfRecords): Promise<void> {
  const row = { account_id: account, hour: hourOf(at), token, query_key: keyText(query), subject: keyable(subject), subject_key: keyText(subject), query: keyable(query), read_at: at };
  await session.run(session.database.insertInto('audit_reads').values(row).onConflict((conflict) => conflict.doNothing()));
}

function hourOf(at: Date): Date {
  return new Date(Math.floor(at.getTime() / hour) * hour);
}

const hour = 3_600_000;

/** Whole, as JSON, which holds what Postgres does not. */
function keyable(text: string): string {
  return JSON.stringify(text);
}

async function reads(session: Session, account: number, { subject, page }: { readonly subject: string | null; readonly page: SearchPage }): Promise<readonly PlacedRead[]> {
  const all = session.database.selectFrom('audit_reads').select(['position', 'token', 'subject', 'query', 'read_at']).where('account_id', '=', account);
  const those = subject === null ? all : all.where('subject_key', '=', keyText(subject));
  const below = page.below === null ? those : those.where('position', '<', page.below);
  const rows = await session.rows(below.orderBy('position', 'desc').limit(page.limit));
  return rows.map((row) => ({ place: Number(row.position), account, subject: textOf(row.subject), token: row.token, query: textOf(row.query), at: row.read_at }));
}

function textOf(kept: string): string {
  const text: unknown = JSON.parse(kept);
  return typeof text === 'string' ? text : '';
}
