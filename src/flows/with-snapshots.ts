import type { EntryItem, LogItem, SnapshotItem, UnreadableItem } from '../audit/log-source.ts';
import { readEntry } from '../audit/read-entry.ts';
import { linkedSnapshots } from '../audit/snapshot-link.ts';
import type { Digest } from '../domain/digest.ts';
import type { AuditReader } from './ports/audit-log.ts';

type StoredItem = EntryItem | UnreadableItem;

/** The items, with each snapshot before the first entry that refers to it. One that is not there is left out: whoever verifies misses it. */
export async function* withSnapshots(audit: AuditReader, account: number, batches: AsyncIterable<readonly StoredItem[]>): AsyncGenerator<readonly LogItem[]> {
  const given = new Set<Digest>();
  for await (const batch of batches) {
    for (const slice of slicesOf(batch, given)) yield await interleaved(audit, account, slice);
  }
}

/** Items, each with the snapshots that belong before it. */
type Slice = readonly { readonly item: StoredItem; readonly wanted: readonly Digest[] }[];

/** Slices with so few snapshots that they fit into memory together. */
function* slicesOf(batch: readonly StoredItem[], given: Set<Digest>): Generator<Slice> {
  let slice: { readonly item: StoredItem; readonly wanted: readonly Digest[] }[] = [];
  let count = 0;
  for (const item of batch) {
    const wanted = linkedBy(item).filter((digest) => !given.has(digest));
    for (const digest of wanted) given.add(digest);
    slice.push({ item, wanted: [...new Set(wanted)] });
    count += wanted.length;
    if (count < mostSnapshots) continue;
    yield slice;
    slice = [];
    count = 0;
  }
  yield slice;
}

function linkedBy(item: StoredItem): readonly Digest[] {
  // Nearly no entry has one, and reading one costs more than looking.
  if (item.kind === 'unreadable' || !item.leaf.includes('snapshot:')) return [];
  const reading = readEntry(item.leaf);
  return reading.kind === 'entry' ? linkedSnapshots(reading.entry.links) : [];
}

async function interleaved(audit: AuditReader, account: number, slice: Slice): Promise<readonly LogItem[]> {
  const wanted = slice.flatMap((one) => one.wanted);
  const kept = wanted.length === 0 ? [] : await audit.snapshots(account, wanted);
  const byDigest = new Map(kept.map(({ digest, gzip }): [Digest, SnapshotItem] => [digest, { kind: 'snapshot', digest, gzip }]));
  return slice.flatMap((one) => [...one.wanted.flatMap((digest) => byDigest.get(digest) ?? []), one.item]);
}

const mostSnapshots = 20;
