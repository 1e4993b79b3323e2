import type { EntryItem, LogItem, SnapshotItem, UnreadableItem } from '../audit/log-source.ts';
import { readEntry } from '../audit/read-entry.ts';
import type { Snapshot } from '../audit/snapshot.ts';
import { inputOfLinks, linkedSnapshots } from '../audit/snapshot-link.ts';
import type { Digest } from '../domain/digest.ts';
import { partsOfInput } from './parts-of-input.ts';
import type { AuditReader } from './ports/audit-log.ts';

type StoredItem = EntryItem | UnreadableItem;

/**
 * The items, with each snapshot before the first entry that refers to it, and the parts of what was judged before what names them. One
 * that is not there is left out: whoever verifies misses it, or tells that it was erased.
 */
export async function* withSnapshots(audit: AuditReader, account: number, batches: AsyncIterable<readonly StoredItem[]>): AsyncGenerator<readonly LogItem[]> {
  const given = new Set<Digest>();
  for await (const batch of batches) {
    for (const slice of slicesOf(batch, given)) yield* interleaved(audit, account, slice, given);
  }
}

/** An item with the snapshots that belong before it. Of what was judged that is what names the parts. */
interface SlicedItem {
  readonly item: StoredItem;
  readonly wanted: readonly Digest[];
  /** Which of them names the parts. */
  readonly input: Digest | null;
}

type Slice = readonly SlicedItem[];

/** Slices with so few snapshots that they fit into memory together. */
function* slicesOf(batch: readonly StoredItem[], given: Set<Digest>): Generator<Slice> {
  let slice: SlicedItem[] = [];
  let count = 0;
  for (const item of batch) {
    const { snapshots, input } = linkedBy(item);
    const wanted = newOnes(input === null ? snapshots : [...snapshots, input], given);
    slice.push({ item, wanted, input });
    count += wanted.length;
    if (count < mostSnapshots) continue;
    yield slice;
    slice = [];
    count = 0;
  }
  yield slice;
}

/** Each once, and never again. */
function newOnes(digests: readonly Digest[], given: Set<Digest>): readonly Digest[] {
  const wanted = new Set(digests.filter((digest) => !given.has(digest)));
  for (const digest of wanted) given.add(digest);
  return [...wanted];
}

function linkedBy(item: StoredItem): { readonly snapshots: readonly Digest[]; readonly input: Digest | null } {
  // Nearly no entry has one, and reading one costs more than looking.
  const reading = item.kind === 'unreadable' || !/"(?:snapshot|input):/.test(item.leaf) ? null : readEntry(item.leaf);
  if (reading?.kind !== 'entry') return { snapshots: [], input: null };
  const input = inputOfLinks(reading.entry.links);
  return { snapshots: linkedSnapshots(reading.entry.links), input: input?.kind === 'kept' ? input.digest : null };
}

/** Yields before what it has read grows large: the parts of one input are read together, and of no more. */
async function* interleaved(audit: AuditReader, account: number, slice: Slice, given: Set<Digest>): AsyncGenerator<readonly LogItem[]> {
  const wanted = slice.flatMap((one) => one.wanted);
  const kept = byDigest(wanted.length === 0 ? [] : await audit.snapshots(account, wanted));
  let ready: LogItem[] = [];
  for (const one of slice) {
    const named = one.wanted.flatMap((digest) => kept.get(digest) ?? []);
    const parts = newOnes(named.flatMap((snapshot) => (snapshot.digest === one.input ? partsOfInput(snapshot) : [])), given);
    const read = byDigest(parts.length === 0 ? [] : await audit.snapshots(account, parts));
    ready.push(...parts.flatMap((digest) => read.get(digest) ?? []), ...named, one.item);
    if (parts.length < mostSnapshots) continue;
    yield ready;
    ready = [];
  }
  yield ready;
}

function byDigest(snapshots: readonly Snapshot[]): ReadonlyMap<Digest, SnapshotItem> {
  return new Map(snapshots.map(({ digest, gzip }): [Digest, SnapshotItem] => [digest, { kind: 'snapshot', digest, gzip }]));
}

const mostSnapshots = 20;
