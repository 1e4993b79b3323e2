import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import { readEntry } from '../audit/read-entry.ts';
import { inChunks } from './in-chunks.ts';
import { Session } from './session.ts';
import type { Tables } from './table.ts';
import { topicRowsOf } from './topic-rows.ts';
import { writeTiles } from './write-tiles.ts';

/** Makes what was kept before there was an index to be found as well. What can not be read as an entry is found by nothing, and verifying tells of it. */
export async function refillIndex(database: Kysely<Tables>): Promise<void> {
  const session = new Session(database);
  for (let [account, from] = [Number.MIN_SAFE_INTEGER, 0]; ; ) {
    const leaves = await database.selectFrom('audit_leaves').select(['account_id', 'sequence', 'leaf'])
      .where(sql<boolean>`(account_id, sequence) > (${account}::bigint, ${from}::bigint)`).orderBy('account_id').orderBy('sequence').limit(pageSize).execute();
    const last = leaves.at(-1);
    if (last === undefined) break;
    const rows = leaves.flatMap(({ leaf }) => {
      const reading = readEntry(new TextDecoder().decode(leaf));
      return reading.kind === 'entry' ? topicRowsOf(reading.entry) : [];
    });
    for (const chunk of inChunks(rows, pageSize)) await database.insertInto('audit_topics').values(chunk).onConflict((conflict) => conflict.doNothing()).execute();
    [account, from] = [Number(last.account_id), Number(last.sequence)];
  }
  for (const { account_id, size } of await database.selectFrom('audit_heads').select(['account_id', 'size']).execute()) await writeTiles(session, Number(account_id), { from: 0, to: Number(size) });
}

const pageSize = 1_000;
