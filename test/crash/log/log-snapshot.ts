import { sql } from 'kysely';
import type { Kysely } from 'kysely';
import type { Tables } from '../../../src/store/table.ts';

/** What a store holds of a log and of what was done with it, at one instant. Bytes are in base64. */
export interface LogSnapshot {
  readonly account: number;
  readonly size: number;
  readonly blocked: string | null;
  readonly entries: readonly SeenEntry[];
  /** All of them. */
  readonly checkpoints: readonly { readonly size: number; readonly note: string }[];
  /** Keys of the effects that the entries are about and that are there. */
  readonly effects: readonly string[];
  readonly effectCount: number;
}

export interface SeenEntry {
  readonly sequence: number;
  readonly leaf: string;
  readonly leafHash: string;
  readonly openings: readonly { readonly digest: string; readonly nonce: string; readonly bytes: string }[];
}

/** Read in one transaction that sees one state, whoever writes meanwhile. `from`: the first entry of interest. */
export async function readSnapshot(database: Kysely<Tables>, account: number, from: number): Promise<LogSnapshot> {
  return database.transaction().setIsolationLevel('repeatable read').execute(async (seen) => {
    const head = await seen.selectFrom('audit_heads').select(['size', 'blocked']).where('account_id', '=', account).executeTakeFirst();
    const leaves = await seen.selectFrom('audit_leaves').select(['sequence', 'leaf', 'leaf_hash']).where('account_id', '=', account).where('sequence', '>=', from).orderBy('sequence').execute();
    const openings = await seen.selectFrom('audit_openings').selectAll().where('account_id', '=', account).where('sequence', '>=', from).orderBy('sequence').orderBy('place').execute();
    const bySequence = Map.groupBy(openings, ({ sequence }) => Number(sequence));
    const entries = leaves.map((row): SeenEntry => ({
      sequence: Number(row.sequence), leaf: text(row.leaf), leafHash: text(row.leaf_hash),
      openings: (bySequence.get(Number(row.sequence)) ?? []).map(({ digest, nonce, bytes }) => ({ digest, nonce: text(nonce), bytes: text(bytes) })),
    }));
    const checkpoints = await seen.selectFrom('audit_checkpoints').select(['size', 'note']).where('account_id', '=', account).orderBy('size').execute();
    const keys = [...new Set(entries.flatMap(effectOf))];
    const effects = keys.length === 0 ? [] : await seen.selectFrom('effects').select('key').where('repository_id', '=', account).where('key', 'in', keys).execute();
    const counted = await seen.selectFrom('effects').select(sql<string>`count(*)`.as('count')).where('repository_id', '=', account).executeTakeFirst();
    return {
      account, size: Number(head?.size ?? 0), blocked: head?.blocked ?? null, entries,
      checkpoints: checkpoints.map(({ size, note }) => ({ size: Number(size), note })), effects: effects.map(({ key }) => key), effectCount: Number(counted?.count ?? 0),
    };
  });
}

/** The effect that an entry is about. */
export function effectOf({ leaf }: Pick<SeenEntry, 'leaf'>): readonly string[] {
  const { subject }: { readonly subject: string } = JSON.parse(Buffer.from(leaf, 'base64').toString());
  return subject.startsWith('effect:') ? [subject.slice('effect:'.length)] : [];
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64');
}
