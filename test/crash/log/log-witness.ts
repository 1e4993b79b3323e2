import { readCheckpoint } from '../../../src/audit/checkpoint.ts';
import { LogReplay } from '../../../src/audit/log-replay.ts';
import { openNote } from '../../../src/audit/open-note.ts';
import { keysOfLog } from '../../../src/audit/trusted-key.ts';
import { isDigest } from '../../../src/domain/digest.ts';
import { itemOf } from '../../../src/flows/read-audit-log.ts';
import { aLogKey } from '../../builders/a-log.ts';
import { effectOf } from './log-snapshot.ts';
import type { LogSnapshot, SeenEntry } from './log-snapshot.ts';
import type { WriterLine } from './writer-line.ts';

/**
 * Stands outside of what is killed and remembers what writers of one log were told: which entries stand, which checkpoints were signed.
 * Everything that a store shows later must agree with that. Problems are lines, empty when there is none.
 */
export class LogWitness {
  readonly account: number;
  readonly problems: string[] = [];
  acknowledged = 0;
  readonly #acknowledged = new Map<number, string>();
  readonly #done = new Set<string>();
  readonly #undone = new Set<string>();
  readonly #notes = new Map<number, string>();
  readonly #hashes: string[] = [];
  readonly #roots: string[] = [];
  readonly #times = new Map<string, number>();
  readonly #sealings = new Map<number, number>();
  readonly #events: string[] = [];
  #replay: LogReplay;

  constructor(account: number) {
    this.account = account;
    this.#replay = new LogReplay(account);
    this.#roots.push(hex(this.#replay.root()));
  }

  /** How many entries were seen. */
  get size(): number {
    return this.#hashes.length;
  }

  get checkpoints(): number {
    return this.#notes.size;
  }

  /** Every checkpoint that was ever seen, as text. */
  notes(): readonly string[] {
    return [...this.#notes.values()];
  }

  /** What a writer said it was told. Given before a store is looked at. */
  hear(line: WriterLine): void {
    if (line.kind === 'appended') {
      this.acknowledged += line.entries.length;
      this.#done.add(line.key);
      for (const { sequence, hash } of line.entries) {
        const other = this.#acknowledged.get(sequence) ?? hash;
        if (other !== hash) this.#problem(`entry ${sequence} was acknowledged twice, with different bytes`);
        this.#acknowledged.set(sequence, hash);
      }
    }
    if (line.kind === 'rolled-back') this.#undone.add(line.key);
    if (line.kind === 'sealed') this.#note(line.size, line.note);
  }

  /** A look at the store: from the first entry that was not seen yet. */
  see(snapshot: LogSnapshot): void {
    for (const entry of snapshot.entries) this.#take(entry);
    if (snapshot.size !== this.size) this.#problem(`the head says ${snapshot.size}, there are ${this.size} entries`);
    this.#seeEffects(snapshot);
    const stored = new Map(snapshot.checkpoints.map(({ size, note }) => [size, note]));
    for (const [size, note] of this.#notes) if (stored.get(size) !== note) this.#problem(`the checkpoint at ${size} that was signed is ${stored.has(size) ? 'another one' : 'gone'}`);
    for (const { size, note } of snapshot.checkpoints) this.#note(size, note);
    for (const [size, note] of this.#notes) this.#confirm(size, note);
    for (const [sequence, hash] of this.#acknowledged) if (this.#hashes[sequence] !== hash) this.#problem(`entry ${sequence} was acknowledged and is ${this.#hashes[sequence] === undefined ? 'lost' : 'another one'}`);
    // Entries never change again: what was compared once is not compared anew after every kill.
    this.#acknowledged.clear();
    if (snapshot.blocked !== null) this.#problem(`the log is blocked: ${snapshot.blocked}`);
  }

  /** Whoever wants all of a log compared again with all that was ever seen of it. */
  seeWhole(snapshot: LogSnapshot): void {
    for (const { sequence, leafHash } of snapshot.entries) if (this.#hashes[sequence] !== leafHash) this.#problem(`entry ${sequence} is not what it was`);
    if (snapshot.entries.length !== this.size) this.#problem(`there are ${snapshot.entries.length} entries, ${this.size} were seen`);
    for (const key of this.#done) if (this.#times.get(key) === undefined) this.#problem(`effect ${key} was acknowledged and has no entry`);
    for (const [size, times] of this.#sealings) if (times !== 1 || !this.#notes.has(size)) this.#problem(`${times} entries are about a checkpoint at ${size}, which is ${this.#notes.has(size) ? 'there' : 'not there'}`);
    let before = 0;
    for (const size of [...this.#notes.keys()].toSorted((a, b) => a - b)) {
      const isAboutSealing = this.#events.slice(before, size).every((event) => event === 'checkpoint.sealed');
      if (!isAboutSealing && !this.#sealings.has(size)) this.#problem(`the checkpoint at ${size} has no entry about it`);
      before = size;
    }
  }

  #take(entry: SeenEntry): void {
    if (entry.sequence !== this.size) this.#problem(`found entry ${entry.sequence}, expected ${this.size}`);
    const openings = entry.openings.map(({ digest, nonce, bytes }) => ({ digest: isDigest(digest) ? digest : fail(), nonce: Buffer.from(nonce, 'base64'), bytes: Buffer.from(bytes, 'base64') }));
    const accepted = this.#replay.accept(itemOf({ sequence: entry.sequence, leaf: Buffer.from(entry.leaf, 'base64'), leafHash: Buffer.from(entry.leafHash, 'base64'), openings }));
    if (accepted.kind === 'wrong') this.#problem(accepted.wrong.message);
    this.#hashes.push(entry.leafHash);
    this.#roots.push(hex(this.#replay.root()));
    for (const key of effectOf(entry)) this.#times.set(key, (this.#times.get(key) ?? 0) + 1);
    const { subject, event }: { readonly subject: string; readonly event: string } = JSON.parse(Buffer.from(entry.leaf, 'base64').toString());
    this.#events.push(event);
    if (event === 'checkpoint.sealed') this.#sealings.set(Number(subject.slice('checkpoint:'.length)), (this.#sealings.get(Number(subject.slice('checkpoint:'.length))) ?? 0) + 1);
  }

  /** Each has its entry, once, and there is none without one. */
  #seeEffects({ entries, effects, effectCount }: LogSnapshot): void {
    const there = new Set(effects);
    for (const key of entries.flatMap(effectOf)) {
      if (!there.has(key)) this.#problem(`an entry is about effect ${key}, which is not there`);
      if (this.#times.get(key) !== 1) this.#problem(`effect ${key} has ${this.#times.get(key)} entries`);
      if (this.#undone.has(key)) this.#problem(`effect ${key} was rolled back and stands`);
    }
    if (effectCount !== this.#times.size) this.#problem(`there are ${effectCount} effects, entries tell of ${this.#times.size}`);
  }

  #note(size: number, note: string): void {
    const other = this.#notes.get(size) ?? note;
    if (other !== note) this.#problem(`two checkpoints were signed at size ${size}`);
    this.#notes.set(size, note);
  }

  readonly #confirmed = new Set<number>();

  #confirm(size: number, text: string): void {
    if (this.#confirmed.has(size)) return;
    this.#confirmed.add(size);
    const reading = readCheckpoint(text);
    if (reading.kind === 'problem') return this.#problem(`the checkpoint at ${size} is unreadable: ${reading.why}`);
    const { checkpoint, note } = reading;
    const opening = openNote(note, keysOfLog(checkpoint.origin, [{ kind: 'bare', publicKey: aLogKey().publicKey }]));
    if (opening.kind === 'refused') this.#problem(`the checkpoint at ${size}: ${opening.why}`);
    if (checkpoint.size !== size || hex(checkpoint.root) !== this.#roots[size]) this.#problem(`the checkpoint at ${size} commits to another history than the store has`);
  }

  #problem(what: string): void {
    this.problems.push(`account ${this.account}: ${what}`);
  }
}

function fail(): never {
  throw new Error('what opens an entry names no digest');
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex');
}
