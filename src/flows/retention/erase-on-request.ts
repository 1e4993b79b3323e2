import type { AuditDraft } from '../../audit/entry.ts';
import type { ReadEntry } from '../../audit/read-entry.ts';
import { Failure } from '../../domain/failure.ts';
import type { Clock } from '../ports/clock.ts';
import type { AskedEntries, JudgedEntry, LegalHold } from '../ports/retention-store.ts';
import type { Store, StoreTransaction } from '../ports/store.ts';
import { eraseEntries } from './erase-entries.ts';
import { eraseJudged } from './erase-judged.ts';
import { whyKept } from './why-kept.ts';
import type { KeptEntry } from './why-kept.ts';

export interface ErasureRequest {
  readonly account: number;
  readonly asked:
    /** Entries whose actor it is; with `naming` also those that say the login. */
    | { readonly kind: 'person'; readonly login: string; readonly naming: boolean }
    /** By sequence or id. */
    | { readonly kind: 'entries'; readonly entries: readonly string[] };
  /** Login of who decides it, and why: both stand in the log for ever. */
  readonly by: string;
  readonly reason: string;
  /** Only tells what would be. */
  readonly isRehearsed: boolean;
}

export interface Erasure {
  /** Entries of which something was erased, or would be, and the first and the last of them. */
  readonly entries: number;
  readonly first: number | null;
  readonly last: number | null;
  /** Decisions among them of which what was judged goes, too. */
  readonly judged: number;
  /** Of what was asked for, what is not erased and why; the first 100. */
  readonly kept: readonly KeptEntry[];
  readonly keptEntries: number;
  /** Others that say the login, and were not asked for. */
  readonly naming: number;
  readonly holds: readonly LegalHold[];
}

interface ErasurePorts {
  readonly store: Pick<Store, 'transaction' | 'search' | 'auditWatch'>;
  readonly clock: Clock;
}

const atOnce = 100;
const mostTold = 100;

/**
 * Erases what entries open to, and what was judged, at the request of somebody: in small transactions, each with its `retention.erased`, which says which entries and not what
 * they said. What is under a hold, still needed, of the record or covered by no checkpoint is left and told. Stopped in the middle, asking again goes on.
 * @throws Failure NOT_FOUND for an entry that is not there; USAGE where the entry about it would repeat whose data went.
 */
export async function eraseOnRequest(ports: ErasurePorts, request: ErasureRequest, signal: AbortSignal = new AbortController().signal): Promise<Erasure> {
  refuseRepeating(request);
  const found = await foundEntries(ports, request);
  const { due, judged, kept } = await sorted(ports, request.account, found.asked);
  if (!request.isRehearsed && due.length > 0) await eraseAll(ports, request, { due, judged }, signal);
  const holds = await ports.store.transaction((transaction) => transaction.holds(request.account));
  return { entries: due.length, first: due[0]?.sequence ?? null, last: due.at(-1)?.sequence ?? null, judged: judged.length, kept: kept.slice(0, mostTold), keptEntries: kept.length, naming: found.naming, holds };
}

function refuseRepeating({ asked, by, reason }: ErasureRequest): void {
  if (asked.kind === 'entries') return;
  if (by.toLowerCase() === asked.login.toLowerCase()) throw new Failure('USAGE', 'Cannot erase what somebody did by their own word: the entry about it would name them for ever. Nothing was changed. Let somebody else decide it with --by.');
  if (says(reason.toLowerCase(), asked.login.toLowerCase())) throw new Failure('USAGE', 'Cannot erase for this reason: it says the login, and it stands in the log for ever. Nothing was changed. Name the request by its number, for one.');
}

/** As a word; logins of enterprises have an underscore in them. */
function says(text: string, login: string): boolean {
  const around = text.split(login);
  return around.slice(1).some((after, index) => !/[a-z0-9-]$/.test(around[index] ?? '') && !/^[a-z0-9-]/.test(after));
}

async function foundEntries(ports: ErasurePorts, { account, asked }: ErasureRequest): Promise<{ readonly asked: readonly number[]; readonly naming: number }> {
  if (asked.kind === 'entries') return { asked: await named(ports, account, asked.entries), naming: 0 };
  const own = await allOf(ports, account, { kind: 'actor', actor: `user:${asked.login}` });
  const known = new Set(own);
  const naming = (await allOf(ports, account, { kind: 'naming', login: asked.login })).filter((sequence) => !known.has(sequence));
  return asked.naming ? { asked: [...own, ...naming].toSorted((a, b) => a - b), naming: 0 } : { asked: own, naming: naming.length };
}

async function named({ store }: ErasurePorts, account: number, entries: readonly string[]): Promise<readonly number[]> {
  const found = new Set<number>();
  for (const one of entries) {
    const sequence = /^\d{1,15}$/.test(one) ? Number(one) : ((await store.search.entry(account, one))?.sequence ?? null);
    const there = sequence === null ? [] : (await store.transaction((transaction) => transaction.askedEntries(account, { kind: 'sequences', sequences: [sequence] }, { from: 0, limit: 1 }))).entries;
    if (sequence === null || there.length === 0) throw new Failure('NOT_FOUND', `Cannot erase entry ${JSON.stringify(one.slice(0, 80))}: the log of account ${account} has none of this number or id. Nothing was changed.`);
    found.add(sequence);
  }
  return [...found].toSorted((a, b) => a - b);
}

async function allOf({ store }: ErasurePorts, account: number, asked: AskedEntries): Promise<readonly number[]> {
  const found: number[] = [];
  for (let from: number | null = 0; from !== null; ) {
    const begin: number = from;
    const { entries, next } = await store.transaction((transaction) => transaction.askedEntries(account, asked, { from: begin, limit: atOnce }));
    found.push(...entries.map(({ sequence }) => sequence));
    from = next;
  }
  return found;
}

interface SortedEntries {
  readonly due: readonly ReadEntry[];
  /** Those of them of which what was judged is kept. */
  readonly judged: readonly JudgedEntry[];
  readonly kept: readonly KeptEntry[];
}

/** What has nothing left to erase is neither due nor kept. */
async function sorted({ store, clock }: ErasurePorts, account: number, sequences: readonly number[]): Promise<SortedEntries> {
  const [due, judged, kept]: [ReadEntry[], JudgedEntry[], KeptEntry[]] = [[], [], []];
  const sealed = (await store.auditWatch.sealed(account))?.newest.size ?? 0;
  for (let from = 0; from < sequences.length; from += atOnce) {
    const page = sequences.slice(from, from + atOnce);
    const found = await store.transaction(async (transaction) => ({ ...(await whyKept(transaction, account, page, clock.now())), judged: await transaction.judgedAt(account, page), whole: await transaction.wholeEntries(account, page) }));
    const full = new Set([...found.judged, ...found.whole.filter(({ openings }) => openings.length > 0)].map(({ sequence }) => sequence));
    const free = found.due.filter(({ sequence }) => full.has(sequence) && sequence < sealed);
    due.push(...free);
    judged.push(...found.judged.filter(({ sequence }) => free.some((one) => one.sequence === sequence)));
    const open: readonly KeptEntry[] = found.due.flatMap(({ sequence }) => (sequence < sealed ? [] : [{ sequence, kind: 'unsealed', why: unsealed }]));
    kept.push(...[...found.kept, ...open].filter(({ sequence }) => full.has(sequence)).toSorted((a, b) => a.sequence - b.sequence));
  }
  return { due, judged, kept };
}

/** Else what was changed before it was sealed could be hidden behind an erasure. */
const unsealed = 'no checkpoint covers it yet: a running server seals it, then ask again';

/** What was judged first: it is found by the entries, which stay to be found until their openings are gone. */
async function eraseAll({ store, clock }: ErasurePorts, request: ErasureRequest, { due, judged }: Pick<SortedEntries, 'due' | 'judged'>, signal: AbortSignal): Promise<void> {
  const { account } = request;
  const sequences = due.map(({ sequence }) => sequence);
  for (let rest = judged; rest.length > 0; ) {
    const erased = await eraseJudged(store, { account, due: rest, now: () => clock.now(), draftOf: (one) => draftOf(request, one.sequences, 'what was judged'), signal });
    if (erased === 0) throw new Failure('SUPERSEDED', 'Cannot erase what was judged: something of it came to be kept meanwhile. What was erased until then stands in the log. Ask again.');
    rest = rest.slice(erased);
  }
  for (let from = 0; from < sequences.length; from += atOnce) {
    signal.throwIfAborted();
    const page = sequences.slice(from, from + atOnce);
    await store.transaction(async (transaction) => {
      await transaction.lockRetention(account);
      const { due: free } = await whyKept(transaction, account, page, clock.now());
      if (free.length === 0) return;
      const full = await stillFull(transaction, account, free.map(({ sequence }) => sequence));
      if (full.length > 0) await transaction.append(draftOf(request, full, 'details'));
      await eraseEntries(transaction, account, free);
    });
  }
}

/** Those of which details can still be opened: what went before was told then, and who verifies counts. */
async function stillFull(transaction: StoreTransaction, account: number, sequences: readonly number[]): Promise<readonly number[]> {
  return (await transaction.wholeEntries(account, sequences)).flatMap(({ sequence, openings }) => (openings.length > 0 ? [sequence] : []));
}

function draftOf({ account, by, reason }: ErasureRequest, sequences: readonly number[], what: 'details' | 'what was judged'): AuditDraft {
  return {
    account,
    repository: null,
    subject: 'erasure',
    event: 'retention.erased',
    actor: `user:${by}`,
    rationale: reason,
    outcome: `erased: ${what} of ${sequences.length} entries`,
    payload: { what, entries: sequences.length, first: sequences[0] ?? 0, last: sequences.at(-1) ?? 0, sequences },
  };
}
