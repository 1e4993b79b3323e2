import type { Digest } from '../domain/digest.ts';
import type { Bundle, BundleEntry } from './bundle.ts';
import { checkBundleInputs } from './bundle-inputs.ts';
import type { BundleInputs } from './bundle-inputs.ts';
import { answersAmong } from './bundle-selection.ts';
import type { BundleWrong } from './bundle-verification.ts';
import type { Checkpoint } from './checkpoint.ts';
import { EntryCheck } from './entry-check.ts';
import type { EntryFacts } from './entry-facts.ts';
import type { KeyHistory } from './key-history.ts';
import { leafHash } from './merkle-hash.ts';
import { provesInclusion } from './merkle-proof.ts';
import { openedStatement } from './opened-statement.ts';
import { readEntry } from './read-entry.ts';
import type { ReadEntry } from './read-entry.ts';
import { SnapshotCheck } from './snapshot-check.ts';
import { linkedSnapshots } from './snapshot-link.ts';

/** What the entries of a bundle show; of each kind the first that is wrong. */
export interface BundleEntries {
  readonly wrong: BundleWrong | null;
  readonly snapshots: BundleWrong | null;
  readonly inputs: BundleInputs;
  readonly policies: BundleWrong | null;
  readonly question: BundleWrong | null;
  readonly erased: number;
  /** Entries in a form of a later release. */
  readonly newer: number;
}

/** Checks each entry alone, its place in the tree of the checkpoint, and what stands beside the entries. The history takes what they say about keys. */
export function checkBundleEntries(bundle: Bundle, checkpoint: Checkpoint, history: KeyHistory): BundleEntries {
  const check = new EntryCheck(bundle.account);
  const snapshots = new SnapshotsOfBundle(bundle);
  const read: ReadEntry[] = [];
  let before = -1;
  for (const entry of bundle.entries) {
    const facts = checkEntry(entry, { check, checkpoint, before, history });
    if (facts !== null && 'check' in facts) return { wrong: facts, snapshots: null, inputs: { wrong: null, whole: 0, erased: 0 }, policies: null, question: null, erased: check.erased, newer: check.newer };
    snapshots.accept(facts, entry.sequence);
    const reading = readEntry(entry.leaf);
    if (reading.kind === 'entry') read.push(reading.entry);
    before = entry.sequence;
  }
  return { wrong: null, snapshots: snapshots.end(), inputs: checkBundleInputs(bundle, read), policies: policiesWrong(bundle, read), question: questionWrong(bundle, read), erased: check.erased, newer: check.newer };
}

interface EntryPlace {
  readonly check: EntryCheck;
  readonly checkpoint: Checkpoint;
  /** Sequence of the entry before. */
  readonly before: number;
  readonly history: KeyHistory;
}

/** What the entry says; null when it is of a later form. */
function checkEntry({ sequence, leaf, openings, proof }: BundleEntry, { check, checkpoint, before, history }: EntryPlace): EntryFacts | BundleWrong | null {
  const wrong = (reason: BundleWrong['reason'], message: string): BundleWrong => ({ check: 'entries', reason, sequence, message });
  if (sequence <= before) return wrong('sequence', `Cannot verify entry ${sequence}: it stands after entry ${before}, expected ascending order and each entry once.`);
  const checked = check.accept({ kind: 'entry', sequence, leaf, leafHash: null, openings }, sequence);
  if (checked.kind === 'wrong') return wrong(checked.wrong.reason, checked.wrong.message);
  const { size, root } = checkpoint;
  if (!provesInclusion({ index: sequence, size, leafHash: leafHash(leaf), root }, proof)) return wrong('proof', `Cannot verify entry ${sequence}: its proof does not lead to the root of the checkpoint at size ${size}. The entry was changed, or proof or checkpoint belong to something else.`);
  const statement = checked.entry?.event === 'key.rotated' ? openedStatement(checked.entry, openings) : null;
  const why = statement === null ? null : history.take(statement, sequence);
  return why === null ? checked.entry : wrong('key_statement', `Cannot verify entry ${sequence}: ${why}.`);
}

/** Each snapshot that an entry refers to, once, and no others. */
class SnapshotsOfBundle {
  readonly #check = new SnapshotCheck();
  readonly #left: Map<Digest, Uint8Array>;
  #wrong: BundleWrong | null = null;

  constructor({ snapshots }: Bundle) {
    this.#left = new Map(snapshots.map(({ digest, gzip }) => [digest, gzip]));
    const misplaced = snapshots.findIndex(({ digest }, index) => index > 0 && digest <= (snapshots[index - 1]?.digest ?? ''));
    if (misplaced !== -1) this.#wrong = wrongSnapshot(null, `the snapshot ${String(snapshots[misplaced]?.digest)} stands at ${misplaced}, expected ascending order and each once`);
  }

  accept(entry: EntryFacts | null, sequence: number): void {
    // What an entry of a later form refers to is not known.
    if (entry === null || this.#wrong !== null) return;
    for (const link of entry.links) this.#take(link, sequence);
    const wrong = this.#wrong ?? this.#check.accept(entry, sequence);
    if (wrong !== null) this.#wrong = { check: 'snapshots', reason: 'snapshot', sequence, message: wrong.message };
  }

  #take(link: string, sequence: number): void {
    const [digest] = linkedSnapshots([link]);
    const gzip = digest === undefined ? undefined : this.#left.get(digest);
    if (digest === undefined || gzip === undefined) return;
    this.#left.delete(digest);
    const wrong = this.#check.take({ digest, gzip }, sequence);
    if (wrong !== null) this.#wrong ??= { check: 'snapshots', reason: 'snapshot', sequence, message: wrong.message };
  }

  end(): BundleWrong | null {
    const [unasked] = this.#left.keys();
    return this.#wrong ?? (unasked === undefined ? null : wrongSnapshot(null, `the snapshot ${unasked} stands there, to which no entry refers`));
  }
}

function wrongSnapshot(sequence: number | null, why: string): BundleWrong {
  return { check: 'snapshots', reason: 'snapshot', sequence, message: `Cannot verify the snapshots: ${why}.` };
}

function policiesWrong({ policyDigests }: Bundle, entries: readonly ReadEntry[]): BundleWrong | null {
  const expected = policyDigestsOf(entries);
  if (policyDigests.join() === expected.join()) return null;
  const other = [...policyDigests, ...expected].find((digest) => policyDigests.includes(digest) !== expected.includes(digest));
  return { check: 'policies', reason: 'policy', sequence: null, message: `Cannot verify the policy digests: ${other === undefined ? 'found them in another order, expected them ascending' : `found ${policyDigests.includes(other) ? `${other}, which no entry names` : `none ${other}, which an entry names`}`}.` };
}

/** Those that entries name, ascending. */
export function policyDigestsOf(entries: readonly ReadEntry[]): readonly Digest[] {
  return [...new Set(entries.flatMap(({ policyDigest }) => policyDigest ?? []))].toSorted();
}

function questionWrong({ asked }: Bundle, entries: readonly ReadEntry[]): BundleWrong | null {
  const answering = answersAmong(asked, entries);
  const unasked = entries.find(({ event, sequence }) => !answering.has(sequence) && event !== 'key.rotated');
  if (unasked !== undefined) return wrongAnswer(unasked.sequence, `Cannot verify entry ${unasked.sequence}: the bundle was not asked for it.`);
  const answers = [...answering].toSorted((a, b) => a - b);
  if (answers.length === 0) return wrongAnswer(null, 'Cannot verify the bundle: found no entry that it was asked for, expected at least one.');
  if (asked.kind !== 'period') return null;
  const missing = answers.find((sequence, index) => index + 1 < answers.length && answers[index + 1] !== sequence + 1);
  return missing === undefined ? null : wrongAnswer(missing + 1, `Cannot find entry ${missing + 1}: it lies in the period that the bundle was asked for.`);
}

function wrongAnswer(sequence: number | null, message: string): BundleWrong {
  return { check: 'question', reason: 'question', sequence, message };
}
