import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Opening } from '../audit/entry.ts';
import { readEntry } from '../audit/read-entry.ts';
import { isDigest } from '../domain/digest.ts';
import { isJsonObject } from '../domain/json-value.ts';
import type { JsonValue } from '../domain/json-value.ts';
import { inChunks } from './in-chunks.ts';
import { keyText } from './key-text.ts';
import type { Tables } from './table.ts';
import { termRowsOf } from './term-rows.ts';

/** Makes what was kept before there was a search to be found as well. What can not be read as an entry is found by nothing, and verifying tells of it. */
export async function refillTerms(database: Kysely<Tables>): Promise<void> {
  await refillEntries(database);
  await refillDecisions(database);
}

const pageSize = 1_000;

async function refillEntries(database: Kysely<Tables>): Promise<void> {
  for (let [account, from] = [Number.MIN_SAFE_INTEGER, 0]; ; ) {
    const leaves = await database.selectFrom('audit_leaves').select(['account_id', 'sequence', 'leaf'])
      .where(sql<boolean>`(account_id, sequence) > (${account}::bigint, ${from}::bigint)`).orderBy('account_id').orderBy('sequence').limit(pageSize).execute();
    const last = leaves.at(-1);
    if (last === undefined) return;
    const rows: ReturnType<typeof termRowsOf> = [];
    for (const { account_id, sequence, leaf } of leaves) rows.push(...rowsOf(leaf, await openingsOf(database, Number(account_id), Number(sequence))));
    for (const chunk of inChunks(rows, pageSize)) await database.insertInto('audit_terms').values(chunk).execute();
    [account, from] = [Number(last.account_id), Number(last.sequence)];
  }
}

function rowsOf(leaf: Uint8Array, openings: readonly Opening[]): ReturnType<typeof termRowsOf> {
  const reading = readEntry(new TextDecoder().decode(leaf));
  return reading.kind === 'entry' ? termRowsOf(reading.entry, openings) : [];
}

async function openingsOf(database: Kysely<Tables>, account: number, sequence: number): Promise<readonly Opening[]> {
  const rows = await database.selectFrom('audit_openings').select(['digest', 'nonce', 'bytes']).where('account_id', '=', account).where('sequence', '=', sequence).execute();
  return rows.flatMap(({ digest, nonce, bytes }) => (isDigest(digest) ? [{ digest, nonce, bytes }] : []));
}

async function refillDecisions(database: Kysely<Tables>): Promise<void> {
  for (let from = 0; ; ) {
    const rows = await database.selectFrom('decisions').select(['id', 'position', 'record']).where('position', '>', from).orderBy('position').limit(pageSize).execute();
    const last = rows.at(-1);
    if (last === undefined) return;
    for (const { id, record } of rows) {
      const found = placeIn(record);
      if (found !== null) await database.updateTable('decisions').set(found).where('id', '=', id).execute();
    }
    from = Number(last.position);
  }
}

/** Null: the record does not say whose it is, as none of ours does. */
function placeIn(record: string): { readonly account_id: number; readonly repository_key: string } | null {
  const value: JsonValue = JSON.parse(record);
  const repository = isJsonObject(value) ? value['repository'] : null;
  if (!isJsonObject(repository) || !isJsonObject(repository['account'])) return null;
  const { account: { id }, owner, name } = repository;
  return typeof id === 'number' && typeof owner === 'string' && typeof name === 'string' ? { account_id: id, repository_key: keyText(`${owner}/${name}`.toLowerCase()) } : null;
}
