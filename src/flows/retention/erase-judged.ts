import type { AuditDraft } from '../../audit/entry.ts';
import { openSnapshot } from '../../audit/open-snapshot.ts';
import type { Snapshot } from '../../audit/snapshot.ts';
import type { Digest } from '../../domain/digest.ts';
import { Failure } from '../../domain/failure.ts';
import { partsOfRoot, readInputRoot } from '../../domain/judged-input/read-input-root.ts';
import type { JudgedEntry } from '../ports/retention-store.ts';
import type { Store, StoreTransaction } from '../ports/store.ts';
import { whyKept } from './why-kept.ts';

/** Entries of which the same was erased in one transaction. */
export interface ErasedEntries {
  readonly sequences: readonly number[];
}

export interface JudgedToErase {
  readonly account: number;
  /** Ascending: entries that `whyKept` let go. */
  readonly due: readonly JudgedEntry[];
  readonly now: () => Date;
  readonly draftOf: (erased: ErasedEntries) => AuditDraft;
  readonly signal: AbortSignal;
}

/** Decisions, and what they were made of, that go in one transaction: a log takes no other entry meanwhile. */
const most = { decisions: 50, digests: 2_000, planned: 200_000 } as const;

/**
 * Erases what was judged of these decisions, and of its parts those that no other decision needs. What others need is found out before, by reading what
 * all of them name; what was decided meanwhile is read in each transaction, while nothing can be appended. Stopped in the middle, all that is gone has its entry,
 * and all that is not is found again.
 * @returns How many decisions: fewer than given when something came to be kept, or more was given than is planned at once. Call again then.
 * @throws Failure STORE_INCONSISTENT where what another decision needs can not be told: then nothing is erased.
 */
export async function eraseJudged(store: Pick<Store, 'transaction'>, wanted: JudgedToErase): Promise<number> {
  const plan = await planOf(store, wanted);
  let erased = 0;
  for (const chunk of chunksOf(plan)) {
    wanted.signal.throwIfAborted();
    if (!(await store.transaction((transaction) => eraseChunk(transaction, wanted, plan, chunk)))) return erased;
    erased += chunk.decisions.length;
  }
  return erased;
}

interface Plan {
  readonly decisions: readonly JudgedEntry[];
  /** What goes with the last of the decisions that needs it, by place among them. */
  readonly goes: ReadonlyMap<number, readonly Digest[]>;
  /** What was appended since is not read yet. */
  readonly readTo: number;
}

interface Chunk {
  readonly decisions: readonly JudgedEntry[];
  readonly digests: readonly Digest[];
}

async function planOf(store: Pick<Store, 'transaction'>, { account, due, signal }: JudgedToErase): Promise<Plan> {
  const lastUse = new Map<Digest, number>();
  const decisions: JudgedEntry[] = [];
  for (const judged of due) {
    if (lastUse.size >= most.planned) break;
    for (const digest of await store.transaction((transaction) => needed(transaction, account, [judged.digest]))) lastUse.set(digest, decisions.length);
    decisions.push(judged);
  }
  const going = new Set(decisions.map(({ sequence }) => sequence));
  let readTo = 0;
  for (;;) {
    signal.throwIfAborted();
    const from = readTo;
    const page = await store.transaction((transaction) => keepNeeded(transaction, account, { from, going, lastUse }));
    if (page === null) break;
    readTo = page;
  }
  const goes = Map.groupBy(lastUse.keys(), (digest) => lastUse.get(digest) ?? 0);
  return { decisions, goes, readTo };
}

/** Takes what a page of the decisions that stay needs out of what goes. Null: there is no further one. */
async function keepNeeded(transaction: StoreTransaction, account: number, { from, going, lastUse }: { readonly from: number; readonly going: ReadonlySet<number>; readonly lastUse: Map<Digest, number> }): Promise<number | null> {
  const page = await transaction.judgedEntries(account, { from, before: null, limit: 100 });
  const last = page.at(-1);
  if (last === undefined) return null;
  const staying = page.filter(({ sequence }) => !going.has(sequence));
  for (const digest of await needed(transaction, account, staying.map((one) => one.digest))) lastUse.delete(digest);
  return last.sequence + 1;
}

/** These documents with all parts that they name; one that is not there needs nothing. */
async function needed(transaction: Pick<StoreTransaction, 'keptInputs'>, account: number, roots: readonly Digest[]): Promise<ReadonlySet<Digest>> {
  const all = new Set<Digest>(roots);
  const distinct = [...all];
  for (let from = 0; from < distinct.length; from += 20) {
    for (const snapshot of await transaction.keptInputs(account, distinct.slice(from, from + 20))) for (const part of partsIn(account, snapshot)) all.add(part);
  }
  return all;
}

function partsIn(account: number, snapshot: Snapshot): readonly Digest[] {
  const opened = openSnapshot(snapshot);
  const reading = opened.kind === 'content' ? readInputRoot(opened.content) : null;
  if (reading?.kind === 'root') return partsOfRoot(reading.root);
  throw new Failure('STORE_INCONSISTENT', `Cannot erase what was judged of account ${account}: what ${snapshot.digest} needs can not be read. Nothing of it was erased. Verify the store with plumbline audit verify store.`);
}

function* chunksOf({ decisions, goes }: Plan): Generator<Chunk> {
  let [first, digests]: [number, Digest[]] = [0, []];
  for (const [place] of decisions.entries()) {
    digests.push(...(goes.get(place) ?? []));
    if (place + 1 - first < most.decisions && digests.length < most.digests) continue;
    yield { decisions: decisions.slice(first, place + 1), digests };
    [first, digests] = [place + 1, []];
  }
  if (first < decisions.length) yield { decisions: decisions.slice(first), digests };
}

/** False, and nothing changed, when something of it came to be kept: then what others need has to be found out anew. */
async function eraseChunk(transaction: StoreTransaction, { account, now, draftOf }: JudgedToErase, { readTo }: Plan, { decisions, digests }: Chunk): Promise<boolean> {
  const sequences = decisions.map(({ sequence }) => sequence);
  await transaction.lockRetention(account);
  const { kept } = await whyKept(transaction, account, sequences, now());
  const there = await transaction.judgedAt(account, sequences);
  if (kept.length > 0 || there.length < sequences.length) return false;
  // From here on nobody else appends until the end.
  await transaction.append(draftOf({ sequences }));
  const goes = new Map(digests.map((digest) => [digest, 0]));
  for (let from: number | null = readTo; from !== null; ) from = await keepNeeded(transaction, account, { from, going: new Set(), lastUse: goes });
  await transaction.eraseInputs(account, sequences, [...goes.keys()]);
  return true;
}
