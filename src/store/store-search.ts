import type { ReadEntry } from '../audit/read-entry.ts';
import { Failure } from '../domain/failure.ts';
import { foldedActor } from '../audit/search-terms.ts';
import type { StoredEntry } from '../flows/ports/audit-log.ts';
import type { DecisionRecord } from '../flows/ports/decision-store.ts';
import type { DecisionFilter, EntryFilter, PlacedDecision, SearchPage, StoreSearch } from '../flows/ports/store-search.ts';
import { entriesAt } from './audit-log.ts';
import { firstSince } from './first-since.ts';
import { decisionOf } from './decision-table.ts';
import type { QueuePorts } from './job-queue.ts';
import { keyText } from './key-text.ts';
import type { Session } from './session.ts';

/** Finding entries and decisions by the indexes that stand beside them, each call in a transaction of its own. */
export function storeSearchOf({ transaction }: Pick<QueuePorts, 'transaction'>): StoreSearch {
  return {
    entries: (account, filter, page) => transaction((session) => entries(session, account, { filter, page })),
    entry: (account, id) => transaction((session) => entry(session, account, id)),
    decisions: (account, filter, page) => transaction((session) => decisions(session, account, { filter, page })),
    decision: (account, id) => transaction((session) => decision(session, account, id)),
  };
}

interface Asked<Filter> {
  readonly filter: Filter;
  readonly page: SearchPage;
}

async function entries(session: Session, account: number, { filter, page }: Asked<EntryFilter>): Promise<readonly StoredEntry[]> {
  const from = filter.from === null ? 0 : await firstSince(session, account, filter.from);
  const to = filter.to === null ? null : await firstSince(session, account, filter.to);
  if (from === null) return [];
  const below = lesser(page.below, to);
  if (below !== null && below <= from) return [];
  const rows = await session.rows(sequencesOf(session, account, { filter, from, below, limit: page.limit }));
  return (await allEntriesAt(session, account, rows.map(({ sequence }) => Number(sequence)), { withPayloads: false })).toReversed();
}

/** What the index names was appended. @throws Failure AUDIT_TAMPERED where one of them is not there: passed over, it would end the pages too. */
async function allEntriesAt(session: Session, account: number, sequences: readonly number[], options: { readonly withPayloads: boolean }): Promise<readonly StoredEntry[]> {
  const found = await entriesAt(session, account, sequences, options);
  if (found.length === sequences.length) return found;
  const missing = sequences.find((sequence) => !found.some((one) => one.sequence === sequence));
  throw new Failure('AUDIT_TAMPERED', `Cannot show entry ${String(missing)} of account ${account}: the store has none of this number, though it is found by what it says. Verify the store with plumbline audit verify store.`);
}

function lesser(one: number | null, other: number | null): number | null {
  return one === null || other === null ? (one ?? other) : Math.min(one, other);
}

interface Range {
  readonly filter: EntryFilter;
  readonly from: number;
  readonly below: number | null;
  readonly limit: number;
}

function sequencesOf({ database }: Session, account: number, { filter: { repository, event, actor, tier, outcome }, from, below, limit }: Range) {
  let rows = database.selectFrom('audit_terms').select('sequence').where('account_id', '=', account);
  rows = actor === null ? rows.where('place', '=', 0) : rows.where('actor_key', '=', keyText(foldedActor(actor)));
  if (event !== null) rows = rows.where('event', '=', event);
  if (repository?.kind === 'id') rows = rows.where('repository_id', '=', repository.id);
  if (repository?.kind === 'name') rows = rows.where('repository_key', '=', keyText(repository.name.toLowerCase()));
  if (tier !== null) rows = rows.where('tier', '=', tier);
  if (outcome !== null) rows = rows.where('outcome_key', '=', keyText(outcome));
  if (from > 0) rows = rows.where('sequence', '>=', from);
  if (below !== null) rows = rows.where('sequence', '<', below);
  return rows.orderBy('sequence', 'desc').limit(limit);
}

async function entry(session: Session, account: number, id: ReadEntry['id']): Promise<StoredEntry | null> {
  const named = session.database.selectFrom('audit_terms').select('sequence').where('account_id', '=', account).where('place', '=', 0).where('id', '=', id);
  const row = await session.first(named.limit(1));
  return row === null ? null : ((await allEntriesAt(session, account, [Number(row.sequence)], { withPayloads: true }))[0] ?? null);
}

async function decisions(session: Session, account: number, { filter: { repository, subject, head }, page }: Asked<DecisionFilter>): Promise<readonly PlacedDecision[]> {
  let rows = session.database.selectFrom('decisions').select(['position', 'record', 'decided_at']).where('account_id', '=', account);
  if (repository?.kind === 'id') rows = rows.where('repository_id', '=', repository.id);
  if (repository?.kind === 'name') rows = rows.where('repository_key', '=', keyText(repository.name.toLowerCase()));
  if (subject !== null) rows = rows.where('subject', '=', keyText(subject));
  if (head !== null) rows = rows.where('head', '=', keyText(head));
  if (page.below !== null) rows = rows.where('position', '<', page.below);
  return (await session.rows(rows.orderBy('position', 'desc').limit(page.limit))).map((row) => ({ place: Number(row.position), record: decisionOf(row) }));
}

async function decision(session: Session, account: number, id: string): Promise<DecisionRecord | null> {
  const row = await session.first(session.database.selectFrom('decisions').select(['record', 'decided_at']).where('id', '=', keyText(id)).where('account_id', '=', account));
  return row === null ? null : decisionOf(row);
}
