import type { Kysely } from 'kysely';
import { readEntry } from '../audit/read-entry.ts';
import { inputOfLinks } from '../audit/snapshot-link.ts';
import type { Tables } from './table.ts';

const pageSize = 500;

/** Notes of what was kept before there was a retention which entries it belongs to. Decisions of which nothing was kept, or nothing is any more, have none. */
export async function refillJudged(database: Kysely<Tables>): Promise<void> {
  const decisions = database.selectFrom('audit_terms as terms').where('terms.place', '=', 0).where('terms.event', '=', 'decision.made')
    .innerJoin('audit_leaves as leaves', (join) => join.onRef('leaves.account_id', '=', 'terms.account_id').onRef('leaves.sequence', '=', 'terms.sequence'))
    .select(['terms.account_id', 'terms.sequence', 'leaves.leaf']).orderBy('terms.account_id').orderBy('terms.sequence').limit(pageSize);
  for (let [account, from] = [Number.MIN_SAFE_INTEGER, -1]; ; ) {
    const [after, at] = [account, from];
    const page = await decisions.where((is) => is(is.refTuple('terms.account_id', 'terms.sequence'), '>', is.tuple(after, at))).execute();
    const last = page.at(-1);
    if (last === undefined) return;
    for (const { account_id, sequence, leaf } of page) await refillOne(database, { account: Number(account_id), sequence: Number(sequence), leaf });
    [account, from] = [Number(last.account_id), Number(last.sequence)];
  }
}

async function refillOne(database: Kysely<Tables>, { account, sequence, leaf }: { readonly account: number; readonly sequence: number; readonly leaf: Uint8Array }): Promise<void> {
  const reading = readEntry(new TextDecoder().decode(leaf));
  const input = reading.kind === 'entry' ? inputOfLinks(reading.entry.links) : null;
  if (input?.kind !== 'kept') return;
  const kept = await database.selectFrom('audit_inputs').select('digest').where('account_id', '=', account).where('digest', '=', input.digest).execute();
  if (kept.length > 0) await database.insertInto('audit_judged').values({ account_id: account, sequence, digest: input.digest }).execute();
}
