import { readEntry } from '../audit/read-entry.ts';
import type { AuditIndex } from '../flows/ports/audit-index.ts';
import { entriesAt } from './audit-log.ts';
import { firstSince } from './first-since.ts';
import { inChunks } from './in-chunks.ts';
import type { QueuePorts } from './job-queue.ts';
import { keyText } from './key-text.ts';
import type { Session } from './session.ts';

/** The indexes beside the logs, each call in a transaction of its own. */
export function auditIndexOf({ transaction }: Pick<QueuePorts, 'transaction'>): AuditIndex {
  return {
    about: (account, topics, limit) => transaction((session) => about(session, account, { topics, limit })),
    since: (account, instant) => transaction(async (session) => (await firstSince(session, account, instant)) ?? (await sizeOf(session, account))),
    repositoryNamed: (account, name) => transaction((session) => repositoryNamed(session, account, name)),
    entriesAt: (account, sequences) => transaction((session) => entriesAt(session, account, sequences, { withPayloads: true })),
    leafHashes: (account, from, limit) => transaction((session) => leafHashes(session, account, { from, limit })),
    tileRoots: (account, from, limit) => transaction((session) => tileRoots(session, account, { from, limit })),
  };
}

async function about(session: Session, account: number, { topics, limit }: { readonly topics: readonly string[]; readonly limit: number }): Promise<readonly number[]> {
  const found = new Set<number>();
  for (const keys of inChunks([...new Set(topics.map(keyText))], 1_000)) {
    const those = session.database.selectFrom('audit_topics').select('sequence').distinct().where('account_id', '=', account).where('topic_key', 'in', keys);
    for (const { sequence } of await session.rows(those.orderBy('sequence').limit(limit))) found.add(Number(sequence));
  }
  return [...found].toSorted((a, b) => a - b).slice(0, limit);
}

async function sizeOf(session: Session, account: number): Promise<number> {
  const row = await session.first(session.database.selectFrom('audit_heads').select('size').where('account_id', '=', account));
  return Number(row?.size ?? 0);
}

async function repositoryNamed(session: Session, account: number, name: string): Promise<Awaited<ReturnType<AuditIndex['repositoryNamed']>>> {
  const named = session.database.selectFrom('audit_terms').select('sequence').where('account_id', '=', account).where('place', '=', 0).where('repository_key', '=', keyText(name.toLowerCase()));
  const row = await session.first(named.orderBy('sequence', 'desc').limit(1));
  const [stored] = row === null ? [] : await entriesAt(session, account, [Number(row.sequence)], { withPayloads: false });
  const reading = stored === undefined ? null : readEntry(new TextDecoder().decode(stored.leaf));
  return reading?.kind === 'entry' ? reading.entry.repository : null;
}

interface Page {
  readonly from: number;
  readonly limit: number;
}

async function leafHashes(session: Session, account: number, { from, limit }: Page): Promise<readonly Uint8Array[]> {
  const rows = await session.rows(session.database.selectFrom('audit_leaves').select(['sequence', 'leaf_hash']).where('account_id', '=', account).where('sequence', '>=', from).orderBy('sequence').limit(limit));
  return unbroken(rows.map(({ sequence, leaf_hash }) => ({ place: Number(sequence), hash: leaf_hash })), from);
}

async function tileRoots(session: Session, account: number, { from, limit }: Page): Promise<readonly Uint8Array[]> {
  const rows = await session.rows(session.database.selectFrom('audit_tiles').select(['tile', 'root']).where('account_id', '=', account).where('tile', '>=', from).orderBy('tile').limit(limit));
  return unbroken(rows.map(({ tile, root }) => ({ place: Number(tile), hash: root })), from);
}

/** Up to where one is missing. */
function unbroken(rows: readonly { readonly place: number; readonly hash: Uint8Array }[], from: number): readonly Uint8Array[] {
  const end = rows.findIndex(({ place }, index) => place !== from + index);
  return (end === -1 ? rows : rows.slice(0, end)).map(({ hash }) => hash);
}
