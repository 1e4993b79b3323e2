import { hash } from 'node:crypto';
import { readFacts } from './entry-facts.ts';
import type { EntryFacts } from './entry-facts.ts';
import type { Commitment, Opening } from './entry.ts';
import type { EntryItem, UnreadableItem } from './log-source.ts';
import { leafHash } from './merkle-hash.ts';
import { misfitOfEntry } from './misfit-of-entry.ts';
import { noMisfits } from './misfits.ts';
import type { Misfits } from './misfits.ts';
import { quote } from './quote.ts';
import { sameBytes } from './same-bytes.ts';
import type { TamperReason, Wrong } from './verification.ts';

export type CheckedEntry =
  /** `entry` is null when only the hash could be known. */
  | { readonly kind: 'leaf'; readonly hash: Uint8Array; readonly entry: EntryFacts | null }
  | { readonly kind: 'wrong'; readonly wrong: Wrong };

/** Checks entries one after another: each alone, and against the one before. */
export class EntryCheck {
  readonly #account: number;
  #time: string;
  /** Entries of which something was erased. */
  erased: number;
  /** Entries in a form of a later release. */
  newer: number;
  /** Entries that do not have the form of their event, and what is told of the first. */
  misfits: Misfits;

  constructor(account: number, start?: EntryCheck) {
    this.#account = account;
    this.#time = start === undefined ? '' : start.#time;
    this.erased = start?.erased ?? 0;
    this.newer = start?.newer ?? 0;
    this.misfits = start?.misfits ?? noMisfits;
  }

  /** Checks the entry that stands at a sequence. */
  accept(item: EntryItem | UnreadableItem, sequence: number): CheckedEntry {
    if (item.kind === 'unreadable') return wrongAt(sequence, 'unparsable', item.why);
    if (item.sequence !== sequence) return wrongAt(sequence, 'sequence', `found sequence ${item.sequence}, expected ${sequence}: entries are missing, doubled or out of order`);
    const leaf = leafHash(item.leaf);
    if (item.leafHash !== null && !sameBytes(item.leafHash, leaf)) return wrongAt(sequence, 'leaf_changed', 'its leaf is not the one whose hash was recorded');
    const reading = readFacts(item.leaf);
    switch (reading.kind) {
      case 'problem':
        return wrongAt(sequence, reading.reason, reading.why);
      case 'newer':
        this.newer += 1;
        return { kind: 'leaf', hash: leaf, entry: null };
      case 'entry':
        return this.#acceptEntry(reading.entry, item.openings, leaf, sequence);
    }
  }

  #acceptEntry(entry: EntryFacts, openings: readonly Opening[], leaf: Uint8Array, sequence: number): CheckedEntry {
    if (entry.sequence !== sequence) return wrongAt(sequence, 'sequence', `its leaf says sequence ${entry.sequence}, expected ${sequence}`);
    if (entry.account !== this.#account) return wrongAt(sequence, 'account', `its leaf says account ${entry.account}, expected ${this.#account}`);
    if (entry.time < this.#time) return wrongAt(sequence, 'time', `found time ${entry.time}, expected ${this.#time} or later`);
    this.#time = entry.time;
    const open = openCommitments(entry, openings);
    if (open.kind === 'wrong') return wrongAt(sequence, 'commitment', open.why);
    if (!open.complete) this.erased += 1;
    const misfit = misfitOfEntry(entry, openings);
    if (misfit !== null) this.misfits = { count: this.misfits.count + 1, first: this.misfits.first ?? `entry ${sequence}, ${entry.event}: ${misfit}` };
    return { kind: 'leaf', hash: leaf, entry };
  }
}

function openCommitments(entry: EntryFacts, openings: readonly Opening[]): { readonly kind: 'open'; readonly complete: boolean } | { readonly kind: 'wrong'; readonly why: string } {
  const closed = commitmentsOf(entry).map(({ digest }) => digest);
  for (const opening of openings) {
    const at = closed.indexOf(opening.digest);
    if (at === -1) return { kind: 'wrong', why: `it has an opening of ${quote(opening.digest)}, which it does not commit to` };
    closed.splice(at, 1);
    if (!isOpenedBy(opening)) return { kind: 'wrong', why: `what opens its ${nameOf(entry, opening.digest)} is not what it commits to` };
  }
  return { kind: 'open', complete: closed.length === 0 };
}

/** The digest MUST be one that an entry commits to. */
function isOpenedBy({ digest, nonce, bytes }: Opening): boolean {
  const length = nonceLength + bytes.length;
  if (nonce.length !== nonceLength) return false;
  const opened = length > scratch.length ? Buffer.allocUnsafe(length) : scratch.subarray(0, length);
  opened.set(nonce);
  opened.set(bytes, nonceLength);
  return digest.slice('sha256:'.length) === hash('sha256', opened, 'hex');
}

function commitmentsOf(entry: EntryFacts): readonly Commitment[] {
  return entry.payload === null ? [entry.actor, entry.rationale] : [entry.actor, entry.rationale, entry.payload];
}

function nameOf(entry: EntryFacts, digest: string): string {
  if (entry.actor.digest === digest) return 'actor';
  return entry.rationale.digest === digest ? 'rationale' : 'payload';
}

function wrongAt(sequence: number, reason: TamperReason, why: string): CheckedEntry {
  return { kind: 'wrong', wrong: { reason, sequence, through: sequence, message: `Cannot verify entry ${sequence}: ${why}.` } };
}

const nonceLength = 32;
/** Reused: most of what is committed to is short, and to allocate for each costs more than to copy. */
const scratch = Buffer.alloc(16 * 1024);
