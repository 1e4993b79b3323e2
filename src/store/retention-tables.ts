import { sql } from 'kysely';
import { erasureEvents } from '../audit/erasure-events.ts';
import { foldedActor } from '../audit/search-terms.ts';
import { isDigest } from '../domain/digest.ts';
import { Failure } from '../domain/failure.ts';
import { withoutDetails } from '../domain/without-details.ts';
import type { AskedEntries, EntryPage, JudgedEntry, LegalHold, RetentionStore } from '../flows/ports/retention-store.ts';
import { entriesAt } from './audit-log.ts';
import { decisionForm } from './form/decision-form.ts';
import { holdForm } from './form/hold-form.ts';
import { pullRequestForm } from './form/pull-request-form.ts';
import { firstSince } from './first-since.ts';
import { inChunks } from './in-chunks.ts';
import { keyText } from './key-text.ts';
import type { Session } from './session.ts';
import { readSnapshots } from './snapshot-table.ts';

/** What stands beside the logs, and may be erased. */
export function retentionTables(session: Session): RetentionStore {
  const { database } = session;
  return {
    lockRetention: async (account) => void (await session.raw(sql`select pg_advisory_xact_lock(hashtextextended(${`plumbline retention ${account}`}, 0))`)),
    askedEntries: (account, asked, page) => askedEntries(session, account, { asked, page }),
    wholeEntries: (account, sequences) => entriesAt(session, account, sequences, { withPayloads: true }),
    async eraseOpenings(account, sequences) {
      await session.run(database.deleteFrom('audit_bundles').where('account_id', '=', account));
      for (const some of inChunks(sequences, 10_000)) await session.run(database.deleteFrom('audit_openings').where('account_id', '=', account).where('sequence', 'in', some));
    },
    eraseDecisions: (account, ids) => eraseDecisions(session, account, ids),
    async eraseReasons(repositoryId, sources) {
      if (sources.length === 0) return;
      await session.raw(sql`update votes set vote = without_reason(vote) where repository_id = ${repositoryId} and source_key in (${sql.join(sources.map(keyText))}) and vote <> without_reason(vote)`);
    },
    eraseTitle: (repositoryId, number) => eraseTitle(session, repositoryId, number),
    judgedEntries: (account, page) => judgedEntries(session, account, page),
    async judgedAt(account, sequences) {
      if (sequences.length === 0) return [];
      const rows = await session.rows(database.selectFrom('audit_judged').select(['sequence', 'digest']).where('account_id', '=', account).where('sequence', 'in', sequences).orderBy('sequence'));
      return rows.map((row) => judgedOf(account, row));
    },
    keptInputs: (account, digests) => readSnapshots(session, account, digests),
    async eraseInputs(account, sequences, parts) {
      await session.run(database.deleteFrom('audit_bundles').where('account_id', '=', account));
      for (const some of inChunks(parts, 10_000)) await session.run(database.deleteFrom('audit_inputs').where('account_id', '=', account).where('digest', 'in', some));
      for (const some of inChunks(sequences, 10_000)) await session.run(database.deleteFrom('audit_judged').where('account_id', '=', account).where('sequence', 'in', some));
    },
    async hasErasedSince(account, sequence) {
      const told = database.selectFrom('audit_terms').select('sequence').where('account_id', '=', account).where('place', '=', 0).where('event', 'in', erasureEvents);
      return (await session.first(told.where('sequence', '>=', sequence).limit(1))) !== null;
    },
    async holdEntries(account) {
      const told = database.selectFrom('audit_terms').select('sequence').where('account_id', '=', account).where('place', '=', 0).where('event', 'in', holdEvents);
      return await entriesAt(session, account, (await session.rows(told.orderBy('sequence'))).map(({ sequence }) => Number(sequence)), { withPayloads: true });
    },
    holds: (account) => readHolds(session, account),
    keepHold: (account, hold) => session.run(database.insertInto('audit_holds').values({ account_id: account, id: hold.id, hold: holdForm.write(hold) })),
    dropHold: (account, id) => session.run(database.deleteFrom('audit_holds').where('account_id', '=', account).where('id', '=', id)),
  };
}

const holdEvents = ['retention.held', 'retention.released'] as const;

export async function readHolds(session: Session, account: number): Promise<readonly LegalHold[]> {
  const rows = await session.rows(session.database.selectFrom('audit_holds').select('hold').where('account_id', '=', account).orderBy('id'));
  return rows.map(({ hold }) => holdForm.read(hold));
}

interface Asked {
  readonly asked: AskedEntries;
  readonly page: { readonly from: number; readonly limit: number };
}

async function askedEntries(session: Session, account: number, { asked, page: { from, limit } }: Asked): Promise<EntryPage> {
  if (asked.kind === 'sequences') {
    const sequences = asked.sequences.filter((one) => one >= from).toSorted((a, b) => a - b);
    return { entries: await entriesAt(session, account, sequences.slice(0, limit), { withPayloads: false }), next: sequences[limit] ?? null };
  }
  const end = await endOf(session, account, asked);
  const to = asked.kind === 'actor' ? end : asked.kind === 'naming' ? await readableTo(session, account, { from, to: Math.min(end, from + window) }) : Math.min(end, from + window);
  const rows = await session.raw(sql<{ readonly sequence: string | number }>`
    select terms.sequence from audit_terms terms where terms.account_id = ${account} and terms.sequence >= ${from} and terms.sequence < ${to} and ${conditionOf(asked)} order by terms.sequence limit ${limit}`);
  const sequences = rows.map(({ sequence }) => Number(sequence));
  const last = sequences.at(-1);
  const next = last !== undefined && sequences.length === limit ? last + 1 : to;
  return { entries: await entriesAt(session, account, sequences, { withPayloads: false }), next: next < end ? next : null };
}

/** Entries that one statement looks at: it has to end in time, also where nearly nothing is found. */
const window = 20_000;

/** Bytes that one statement reads for a word in them; a single entry that has more is read alone. */
const mostRead = 2 * 2 ** 20;

/** Where the contents from a sequence on come to more than one statement reads. Lengths are known without reading what is so long. */
async function readableTo(session: Session, account: number, { from, to }: { readonly from: number; readonly to: number }): Promise<number> {
  const [row] = await session.raw(sql<{ readonly first: string | number | null }>`
    select min(sequence) as first from (
      select sequence, sum(length(bytes)) over (order by sequence) as total from audit_openings where account_id = ${account} and sequence >= ${from} and sequence < ${to}
    ) summed where total > ${mostRead}`);
  return row === undefined || row.first === null ? to : Math.max(from + 1, Number(row.first));
}

async function endOf(session: Session, account: number, asked: AskedEntries): Promise<number> {
  const head = await session.first(session.database.selectFrom('audit_heads').select('size').where('account_id', '=', account));
  const size = Number(head?.size ?? 0);
  return asked.kind === 'events' ? Math.min(size, (await firstSince(session, account, asked.before)) ?? size) : size;
}

function conditionOf(asked: Exclude<AskedEntries, { kind: 'sequences' }>) {
  const opening = sql`select from audit_openings one where one.account_id = terms.account_id and one.sequence = terms.sequence`;
  switch (asked.kind) {
    case 'events':
      return sql`terms.place = 0 and terms.event in (${sql.join(asked.events)}) and exists (${opening})`;
    case 'actor':
      return sql`terms.actor_key = ${keyText(foldedActor(asked.actor))}`;
    case 'naming':
      return sql`terms.place = 0 and exists (${opening} and encode(one.bytes, 'escape') ~* ${wordPattern(asked.login)})`;
  }
}

/** Bytes of other than ASCII stand as octal escapes there, and control characters as those of JSON, with their backslash doubled: none of them is part of a login. */
function wordPattern(login: string): string {
  return `(^|[^a-z0-9-]|\\\\[0-7]{3}|\\\\\\\\([bfnrt]|u[0-9a-f]{4}))${login.replaceAll(/[^A-Za-z0-9-]/g, (character) => `\\${character}`)}($|[^a-z0-9-])`;
}

async function eraseDecisions(session: Session, account: number, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const { database } = session;
  const kept = database.selectFrom('decisions').select(['id', 'record']).where('account_id', '=', account).where('id', 'in', ids.map(keyText));
  for (const { id, record } of await session.rows(kept.forUpdate())) {
    const read = decisionForm.read(record);
    await session.run(database.updateTable('decisions').set({ record: decisionForm.write({ ...read, decision: withoutDetails(read.decision) }) }).where('id', '=', id));
  }
}

async function eraseTitle(session: Session, repositoryId: number, number: number): Promise<void> {
  const { database } = session;
  const row = await session.first(database.selectFrom('pull_requests').select('record').where('repository_id', '=', repositoryId).where('number', '=', number).where('state', '<>', 'open').forUpdate());
  if (row === null) return;
  const read = pullRequestForm.read(row.record);
  const record = pullRequestForm.write({ ...read, facts: { ...read.facts, title: '' } });
  await session.run(database.updateTable('pull_requests').set({ record }).where('repository_id', '=', repositoryId).where('number', '=', number));
}

async function judgedEntries(session: Session, account: number, { from, before, limit }: Parameters<RetentionStore['judgedEntries']>[1]): Promise<readonly JudgedEntry[]> {
  const end = before === null ? null : await firstSince(session, account, before);
  const judged = session.database.selectFrom('audit_judged').select(['sequence', 'digest']).where('account_id', '=', account).where('sequence', '>=', from);
  const those = end === null ? judged : judged.where('sequence', '<', end);
  const rows = await session.rows(those.orderBy('sequence').limit(limit));
  return rows.map((row) => judgedOf(account, row));
}

function judgedOf(account: number, { sequence, digest }: { readonly sequence: string | number | bigint; readonly digest: string }): JudgedEntry {
  if (!isDigest(digest)) throw new Failure('STORE_INCONSISTENT', `Cannot read what was judged of account ${account}: one of it names no digest.`);
  return { sequence: Number(sequence), digest };
}
