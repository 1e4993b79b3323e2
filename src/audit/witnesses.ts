import { Failure } from '../domain/failure.ts';
import { lookForCosignature, parseWitnessKey } from './cosignature.ts';
import type { WitnessKey } from './cosignature.ts';
import { quote } from './quote.ts';
import type { SignedNote } from './signed-note.ts';
import type { Wrong } from './verification.ts';

/** Whose cosignatures somebody asks for. */
export interface Witnesses {
  /** Each once, at least one, under all of its names. */
  readonly keys: readonly (readonly WitnessKey[])[];
  /** Of how many; from 1 to all. */
  readonly needed: number;
}

/** A checkpoint that is signed and commits to what was read. */
interface CheckpointToWitness {
  readonly size: number;
  readonly note: SignedNote;
  /** For messages. */
  readonly label: string;
}

export interface Witnessing {
  readonly wrong: Wrong | null;
  /** Why the result can not be `verified`: too few have seen any of it. */
  readonly doubts: readonly string[];
  readonly notes: readonly string[];
}

/** Reads what `--witness` gives: verifier keys of witnesses, one per line (`#` starts a comment). @throws Failure USAGE */
export function readWitnessKeys(text: string): readonly WitnessKey[] {
  const lines = text.split(/\r?\n/).map((line) => line.trim()).filter((line) => line !== '' && !line.startsWith('#'));
  if (lines.length === 0) throw new Failure('USAGE', 'Cannot read the witnesses: found nothing, expected <name>+<id>+<base64> with an Ed25519 key that cosigns (type 4).');
  return lines.map((line) => {
    const key = parseWitnessKey(line);
    if (key === null) throw new Failure('USAGE', `Cannot read the witness: found ${quote(line)}, expected <name>+<id>+<base64> with an Ed25519 key that cosigns (type 4).`);
    return key;
  });
}

/** Each key once, whatever it is called: a witness under two names is one. @param needed Null: all of them. @throws Failure USAGE */
export function witnessesOf(keys: readonly WitnessKey[], needed: number | null): Witnesses {
  const distinct = keys.filter((key, at) => keys.findIndex(({ object }) => object.equals(key.object)) === at).map((key) => namesOf(key, keys));
  const count = needed ?? distinct.length;
  if (count < 1 || count > distinct.length) throw new Failure('USAGE', `Cannot ask for ${count} cosignatures: found ${distinct.length} witnesses, expected a number from 1 to that.`);
  return { keys: distinct, needed: count };
}

function namesOf({ object }: WitnessKey, keys: readonly WitnessKey[]): readonly WitnessKey[] {
  const same = keys.filter((key) => key.object.equals(object));
  return same.filter(({ name }, at) => same.findIndex((key) => key.name === name) === at);
}

/**
 * Looks for cosignatures (C2SP tlog-cosignature) on checkpoints. A witness that has seen one has seen that the log before it only grew, so
 * that its newest counts for all entries up to there. One wrong cosignature of a named witness convicts, as one of the log's own key does.
 */
export function lookForWitnesses(checkpoints: readonly CheckpointToWitness[], { keys, needed }: Witnesses): Witnessing {
  const newest: (Seen | null)[] = [];
  for (const names of keys) {
    let seen: Seen | null = null;
    for (const { key, checkpoint: { size, note, label } } of checkpoints.flatMap((checkpoint) => names.map((name) => ({ key: name, checkpoint })))) {
      const found = lookForCosignature(note, key);
      if (found.kind === 'wrong') return { wrong: { reason: 'signature', sequence: null, through: null, message: `Cannot accept ${label}, at size ${size}: the cosignature of ${quote(nameOf(key))} is wrong.` }, doubts: [], notes: [] };
      if (found.kind === 'cosigned' && size >= (seen?.size ?? 0)) seen = { key, size, at: found.at };
    }
    newest.push(seen);
  }
  const found = newest.filter((one) => one !== null).toSorted((a, b) => b.size - a.size);
  const told = keys.map((names, at) => wordsOf(names, newest[at] ?? null)).join('; ');
  const covered = found[needed - 1]?.size ?? 0;
  if (covered === 0) return { wrong: null, doubts: [`Found cosignatures of ${found.length} of ${keys.length} witnesses, expected ${needed}: ${told}.`], notes: [] };
  return { wrong: null, doubts: [], notes: [`${needed} of ${keys.length} witnesses have cosigned the first ${covered} entries: ${told}.`] };
}

interface Seen {
  /** Under the name that it cosigned with. */
  readonly key: WitnessKey;
  readonly size: number;
  /** In seconds. */
  readonly at: bigint;
}

function wordsOf(names: readonly WitnessKey[], seen: Seen | null): string {
  return seen === null ? `${names.map((key) => quote(nameOf(key))).join(' or ')} none` : `${quote(nameOf(seen.key))} ${seen.size} at ${timeOf(seen.at)}`;
}

function nameOf({ name, id }: WitnessKey): string {
  return `${name}+${id}`;
}

/** A witness may sign any number. */
function timeOf(seconds: bigint): string {
  return seconds <= lastSecond ? new Date(Number(seconds) * 1_000).toISOString() : `second ${seconds}`;
}

/** What a Date can say. */
const lastSecond = 8_640_000_000_000n;
