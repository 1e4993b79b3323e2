import type { Opening } from '../audit/entry.ts';
import { isDigest } from '../domain/digest.ts';
import { Failure } from '../domain/failure.ts';
import type { AuditLog, StoredCheckpoint, StoredEntry } from '../flows/ports/audit-log.ts';
import type { QueuePorts } from './job-queue.ts';
import type { Session } from './session.ts';
import { readSnapshots } from './snapshot-table.ts';

type AuditLogPorts = Pick<QueuePorts, 'transaction'>;

/** Reading and blocking of accounts' logs. Each call is a transaction of its own. */
export function auditLogOf(ports: AuditLogPorts): AuditLog {
  return {
    accounts: () => ports.transaction(accounts),
    size: (account) => ports.transaction(async (session) => Number((await head(session, account))?.size ?? 0)),
    entries: (account, from, limit) => ports.transaction((session) => entries(session, account, from, limit)),
    checkpoints: (account, from = 0, limit) => ports.transaction((session) => checkpoints(session, account, { from, limit: limit ?? null })),
    snapshots: (account, digests) => ports.transaction((session) => readSnapshots(session, account, digests)),
    block: (account, why) => ports.transaction((session) => block(session, account, why)),
    blocked: (account) => ports.transaction(async (session) => (await head(session, account))?.blocked ?? null),
  };
}

async function accounts(session: Session): Promise<readonly number[]> {
  const rows = await session.rows(session.database.selectFrom('audit_heads').select('account_id').where('size', '>', 0).orderBy('account_id'));
  return rows.map((row) => Number(row.account_id));
}

async function head(session: Session, account: number) {
  return session.first(session.database.selectFrom('audit_heads').select(['size', 'blocked']).where('account_id', '=', account));
}

async function entries(session: Session, account: number, from: number, limit: number): Promise<readonly StoredEntry[]> {
  if (limit <= 0) return [];
  const leaves = session.database.selectFrom('audit_leaves').select(['sequence', 'leaf', 'leaf_hash']);
  const rows = await session.rows(leaves.where('account_id', '=', account).where('sequence', '>=', from).orderBy('sequence').limit(limit));
  const last = rows.at(-1);
  if (last === undefined) return [];
  const opened = await openings(session, account, from, Number(last.sequence));
  return rows.map((row) => storedEntry(row, opened));
}

/** Those at these sequences that are there, in their order. Payloads are left out where they are not asked for: a page of them may not fit into memory. */
export async function entriesAt(session: Session, account: number, sequences: readonly number[], { withPayloads }: { readonly withPayloads: boolean }): Promise<readonly StoredEntry[]> {
  if (sequences.length === 0) return [];
  const leaves = session.database.selectFrom('audit_leaves').select(['sequence', 'leaf', 'leaf_hash']).where('account_id', '=', account);
  const rows = await session.rows(leaves.where('sequence', 'in', sequences).orderBy('sequence'));
  const all = session.database.selectFrom('audit_openings').select(['sequence', 'digest', 'nonce', 'bytes']).where('account_id', '=', account);
  const asked = withPayloads ? all : all.where('place', '<', payloadPlace);
  const opened = bySequence(account, await session.rows(asked.where('sequence', 'in', sequences).orderBy('sequence').orderBy('place')));
  return rows.map((row) => storedEntry(row, opened));
}

/** After actor and rationale, as `sealEntry` gives them. */
const payloadPlace = 2;

function storedEntry(row: { readonly sequence: string | number | bigint; readonly leaf: Uint8Array; readonly leaf_hash: Uint8Array }, opened: ReadonlyMap<number, readonly Opening[]>): StoredEntry {
  const sequence = Number(row.sequence);
  return { sequence, leaf: row.leaf, leafHash: row.leaf_hash, openings: opened.get(sequence) ?? [] };
}

async function openings(session: Session, account: number, from: number, to: number): Promise<ReadonlyMap<number, readonly Opening[]>> {
  const all = session.database.selectFrom('audit_openings').select(['sequence', 'digest', 'nonce', 'bytes']);
  return bySequence(account, await session.rows(all.where('account_id', '=', account).where('sequence', '>=', from).where('sequence', '<=', to).orderBy('sequence').orderBy('place')));
}

interface OpeningRow {
  readonly sequence: string | number | bigint;
  readonly digest: string;
  readonly nonce: Uint8Array;
  readonly bytes: Uint8Array;
}

function bySequence(account: number, rows: readonly OpeningRow[]): ReadonlyMap<number, readonly Opening[]> {
  const opened = new Map<number, Opening[]>();
  for (const { sequence, digest, nonce, bytes } of rows) {
    if (!isDigest(digest)) throw new Failure('STORE_INCONSISTENT', `Cannot read entry ${sequence} of account ${account}: what opens it names no digest.`);
    const of = opened.get(Number(sequence)) ?? [];
    of.push({ digest, nonce, bytes });
    opened.set(Number(sequence), of);
  }
  return opened;
}

async function checkpoints(session: Session, account: number, { from, limit }: { readonly from: number; readonly limit: number | null }): Promise<readonly StoredCheckpoint[]> {
  const all = session.database.selectFrom('audit_checkpoints').select(['size', 'note', 'sealed_at']).where('account_id', '=', account);
  const those = all.where('size', '>=', from).orderBy('size');
  const rows = await session.rows(limit === null ? those : those.limit(limit));
  const cosigned = await cosignatures(session, account, { from, to: limit === null ? null : Number(rows.at(-1)?.size ?? from) });
  return rows.map((row) => ({ size: Number(row.size), note: [row.note, ...(cosigned.get(Number(row.size)) ?? [])].join(''), sealedAt: row.sealed_at }));
}

/** Signature lines of witnesses, by the size of the checkpoint. */
async function cosignatures(session: Session, account: number, { from, to }: { readonly from: number; readonly to: number | null }): Promise<ReadonlyMap<number, readonly string[]>> {
  const all = session.database.selectFrom('audit_cosignatures').select(['size', 'line']).where('account_id', '=', account);
  const since = all.where('size', '>=', from).orderBy('size').orderBy('anchor');
  const rows = await session.rows(to === null ? since : since.where('size', '<=', to));
  return new Map([...Map.groupBy(rows, ({ size }) => Number(size))].map(([size, lines]) => [size, lines.map(({ line }) => line)]));
}

/** Under the head's lock: two replicas seal the same log. */
export async function saveCheckpoint(session: Session, account: number, checkpoint: StoredCheckpoint): Promise<boolean> {
  const heads = session.database.selectFrom('audit_heads').select(['size', 'blocked']).where('account_id', '=', account);
  const locked = await session.first(heads.forUpdate());
  const [size, why] = [Number(locked?.size ?? 0), locked?.blocked ?? null];
  if (why !== null) throw new Failure('AUDIT_BLOCKED', `Cannot save a checkpoint of account ${account}: its log is blocked (${why}). Nothing was changed. Verify it with plumbline audit verify.`);
  const saved = session.database.selectFrom('audit_checkpoints').select(['size', 'note']).where('account_id', '=', account);
  const newest = await session.first(saved.orderBy('size', 'desc').limit(1));
  if (newest !== null && Number(newest.size) === checkpoint.size && newest.note === checkpoint.note) return false;
  const least = newest === null ? 0 : Number(newest.size) + 1;
  if (checkpoint.size < least || checkpoint.size > size) {
    throw new Failure('STORE_INCONSISTENT', `Cannot save a checkpoint of account ${account}: its size is ${checkpoint.size}, expected ${least} to ${size}.`);
  }
  await session.run(session.database.insertInto('audit_checkpoints').values({ account_id: account, size: checkpoint.size, note: checkpoint.note, sealed_at: checkpoint.sealedAt }));
  return true;
}

async function block(session: Session, account: number, why: string): Promise<void> {
  const row = { account_id: account, size: 0, last_time: new Date(0), blocked: why };
  await session.run(session.database.insertInto('audit_heads').values(row).onConflict((conflict) => conflict.column('account_id').doUpdateSet({ blocked: why })));
}
