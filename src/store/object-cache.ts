import type { BlobContent } from '../domain/probe-answer.ts';
import { limits } from '../domain/limits.ts';
import type { Sha } from '../domain/tree.ts';
import type { Clock } from '../flows/ports/clock.ts';
import type { ObjectCache } from '../flows/ports/object-cache.ts';
import { inChunks } from './in-chunks.ts';
import type { QueuePorts } from './job-queue.ts';
import { keyText } from './key-text.ts';
import type { Session } from './session.ts';

export interface ObjectCachePorts extends Pick<QueuePorts, 'transaction'> {
  readonly clock: Clock;
}

/** Characters of a kept value: a tree of 100,000 entries has about 12 million. */
const longestValue = 16 * 1024 * 1024;
const day = 86_400_000;

/** Content by object name. What is too large is not kept; what is used is marked once a day, for `prune`. */
export function objectCache({ transaction, clock }: ObjectCachePorts): ObjectCache {
  return {
    blobs: (accountId, wanted) => transaction((session) => blobs(session, accountId, wanted, clock.now())),
    keepBlobs: (accountId, kept) => transaction((session) => keepBlobs(session, accountId, kept, clock.now())),
    find: (accountId, key) => transaction((session) => find(session, accountId, keyText(key), clock.now())),
    keep: (accountId, key, value) => transaction((session) => keep(session, accountId, { key: keyText(key), value }, clock.now())),
  };
}

async function blobs(session: Session, accountId: number, wanted: readonly Sha[], now: Date): Promise<ReadonlyMap<Sha, BlobContent>> {
  const found = new Map<Sha, BlobContent>();
  for (const chunk of inChunks([...new Set(wanted)], 1_000)) {
    const all = session.database.selectFrom('cached_blobs').select(['blob', 'size', 'bytes', 'used_at']).where('account_id', '=', accountId);
    const rows = await session.rows(all.where('blob', 'in', chunk));
    for (const row of rows) found.set(row.blob, row.bytes === null ? { kind: 'too-large', size: Number(row.size) } : { kind: 'bytes', bytes: row.bytes });
    const unmarked = rows.filter((row) => isUnmarked(row.used_at, now)).map((row) => row.blob);
    if (unmarked.length > 0) await session.run(session.database.updateTable('cached_blobs').set({ used_at: now }).where('account_id', '=', accountId).where('blob', 'in', unmarked));
  }
  return found;
}

async function keepBlobs(session: Session, accountId: number, kept: ReadonlyMap<Sha, BlobContent>, now: Date): Promise<void> {
  const rows = [...kept]
    .map(([blob, content]) => ({ account_id: accountId, blob: keyText(blob), ...sizeAndBytes(content), used_at: now }))
    .filter((row) => row.bytes === null || row.size <= limits.fileBytes);
  for (const chunk of inChunks(rows, 100)) await session.run(session.database.insertInto('cached_blobs').values(chunk).onConflict((conflict) => conflict.doNothing()));
}

function sizeAndBytes(content: BlobContent): { readonly size: number; readonly bytes: Uint8Array | null } {
  return content.kind === 'bytes' ? { size: content.bytes.length, bytes: content.bytes } : { size: content.size, bytes: null };
}

async function find(session: Session, accountId: number, key: string, now: Date): Promise<string | null> {
  const all = session.database.selectFrom('cached_values').select(['value', 'used_at']).where('account_id', '=', accountId);
  const row = await session.first(all.where('key', '=', key));
  if (row === null) return null;
  if (isUnmarked(row.used_at, now)) await session.run(session.database.updateTable('cached_values').set({ used_at: now }).where('account_id', '=', accountId).where('key', '=', key));
  const value: unknown = JSON.parse(row.value);
  return typeof value === 'string' ? value : null;
}

/** Written as JSON: it may hold characters that Postgres can not. */
async function keep(session: Session, accountId: number, { key, value }: { readonly key: string; readonly value: string }, now: Date): Promise<void> {
  if (value.length > longestValue) return;
  const changed = { value: JSON.stringify(value), used_at: now };
  const row = { account_id: accountId, key, ...changed };
  await session.run(session.database.insertInto('cached_values').values(row).onConflict((conflict) => conflict.columns(['account_id', 'key']).doUpdateSet(changed)));
}

function isUnmarked(usedAt: Date, now: Date): boolean {
  return now.getTime() - usedAt.getTime() > day;
}
