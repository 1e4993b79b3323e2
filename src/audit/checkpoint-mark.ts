import type { Checkpoint } from './checkpoint.ts';
import { readCheckpoint } from './checkpoint.ts';
import type { LogHeader } from './log-source.ts';
import { openNote } from './open-note.ts';
import { quote } from './quote.ts';
import type { SignedNote } from './signed-note.ts';
import { keysOfLog } from './trusted-key.ts';
import type { TrustedKey } from './trusted-key.ts';
import { formatVerifierKey, parseVerifierKey } from './verifier-key.ts';
import type { VerifierKey } from './verifier-key.ts';
import type { TamperReason, Wrong } from './verification.ts';
import type { Witnesses } from './witnesses.ts';

/** A root that the log must have at a size. */
export interface CheckpointMark {
  readonly size: number;
  readonly root: Uint8Array;
  /** `log`: stands in the log. `kept`: somebody kept it elsewhere. */
  readonly from: 'log' | 'kept';
  /** The keys, of those that were trusted before the log was read, that signed it. None: a successor of theirs may have. */
  readonly by: readonly VerifierKey[];
  readonly note: SignedNote;
  /** For messages. */
  readonly label: string;
}

export interface Marks {
  readonly marks: readonly CheckpointMark[];
  /** What is trusted: the given keys, else those that the log names. */
  readonly keys: readonly TrustedKey[];
  /** Of the log; null where it has no checkpoint that says so. */
  readonly origin: string | null;
  readonly wrong: Wrong | null;
  /** Why the result can not be `verified`, whatever the entries say. */
  readonly doubts: readonly string[];
  readonly notes: readonly string[];
}

export interface Trust {
  /** None: the log's own keys are used, which proves consistency, not origin. */
  readonly keys: readonly TrustedKey[];
  /** Signed notes kept where the writer of the log can not change them. */
  readonly checkpoints: readonly string[];
  /** Whose cosignatures must be there; left out: nobody's. */
  readonly witnesses?: Witnesses;
}

/** Collects what the entries of a log must agree with, ascending by size. */
export function collectMarks(header: LogHeader, trust: Trust): Marks {
  const own = header.keys.map(parseVerifierKey);
  if (own.includes(null)) return refused('key_unknown', 'Cannot read a key that the log names: found a malformed one, expected <name>+<id>+<base64>.');
  const ownKeys = own.filter((key) => key !== null);
  const keys = trust.keys.length > 0 ? trust.keys : ownKeys.map((key) => ({ kind: 'named' as const, key }));
  const log = logMarks(header, keys);
  if (log.wrong !== null) return log;
  const kept = keptMarks({ header, origin: log.origin }, keys, trust.checkpoints);
  const notes = trust.keys.length > 0 || ownKeys.length === 0 ? [] : [`Checked with the key that the log names itself, ${ownKeys.map(formatVerifierKey).join(', ')}: this proves consistency, not origin. Give the key that you know with --key.`];
  const doubts = keys.length > 0 ? [] : ['No key to check signatures with: give the log key with --key.'];
  return {
    marks: [...log.marks, ...kept.marks].toSorted((a, b) => a.size - b.size),
    keys,
    origin: log.origin ?? kept.origin,
    wrong: kept.wrong,
    doubts: [...doubts, ...kept.doubts],
    notes,
  };
}

function logMarks(header: LogHeader, keys: readonly TrustedKey[]): Marks {
  const marks: CheckpointMark[] = [];
  let origin: string | null = null;
  for (const [index, note] of header.checkpoints.entries()) {
    const label = `checkpoint ${index + 1} of ${header.checkpoints.length}`;
    const reading = readCheckpoint(note);
    if (reading.kind === 'problem') return refused('checkpoint', `Cannot read ${label}: ${reading.why}.`);
    const { checkpoint } = reading;
    origin ??= checkpoint.origin;
    const misfit = misfitOf(checkpoint, { origin, account: header.account, after: marks.at(-1)?.size ?? -1 });
    if (misfit !== null) return refused('checkpoint', `Cannot accept ${label}: ${misfit}.`);
    if (checkpoint.size > header.size) return refused('cut_tail', cutMessage(label, checkpoint.size, header.size), header.size);
    const opening = openNote(reading.note, keysOfLog(checkpoint.origin, keys));
    if (opening.kind === 'refused' && opening.reason === 'signature') return refused('signature', `Cannot accept ${label}, at size ${checkpoint.size}: ${opening.why}.`);
    marks.push({ size: checkpoint.size, root: checkpoint.root, from: 'log', by: opening.kind === 'signed' ? opening.by : [], note: reading.note, label });
  }
  return { marks, keys, origin, wrong: null, doubts: [], notes: [] };
}

function misfitOf(checkpoint: Checkpoint, expected: { readonly origin: string; readonly account: number; readonly after: number }): string | null {
  if (checkpoint.origin !== expected.origin) return `found origin ${quote(checkpoint.origin)}, expected ${quote(expected.origin)}`;
  if (!checkpoint.origin.endsWith(`/${expected.account}`)) return `found origin ${quote(checkpoint.origin)}, expected one of account ${expected.account}`;
  if (checkpoint.size <= expected.after) return `found size ${checkpoint.size} after size ${expected.after}, expected a larger one`;
  return null;
}

interface LogOfMarks {
  readonly header: LogHeader;
  /** As its own checkpoints say; null where it has none. */
  readonly origin: string | null;
}

/** A kept checkpoint that contradicts the log convicts it; one that we can not believe, or that is of another log of the same key, only leaves us in doubt. */
function keptMarks({ header, origin: named }: LogOfMarks, keys: readonly TrustedKey[], notes: readonly string[]): Marks {
  const marks: CheckpointMark[] = [];
  const doubts: string[] = [];
  let origin = named;
  for (const [index, note] of notes.entries()) {
    const label = `given checkpoint ${index + 1} of ${notes.length}`;
    const reading = readCheckpoint(note);
    if (reading.kind === 'problem') {
      doubts.push(`Cannot read ${label}: ${reading.why}.`);
      continue;
    }
    const { checkpoint } = reading;
    if (!checkpoint.origin.endsWith(`/${header.account}`) || (origin !== null && checkpoint.origin !== origin)) {
      doubts.push(`Cannot use ${label}: found origin ${quote(checkpoint.origin)}, expected ${origin === null ? `one of account ${header.account}` : quote(origin)}.`);
      continue;
    }
    const opening = openNote(reading.note, keysOfLog(checkpoint.origin, keys));
    if (opening.kind === 'refused' && opening.reason === 'signature') return refused('signature', `Cannot accept ${label}: ${opening.why}.`);
    if (checkpoint.size > header.size) return refused('cut_tail', cutMessage(label, checkpoint.size, header.size), header.size);
    origin ??= checkpoint.origin;
    marks.push({ size: checkpoint.size, root: checkpoint.root, from: 'kept', by: opening.kind === 'signed' ? opening.by : [], note: reading.note, label });
  }
  return { marks, keys, origin, wrong: null, doubts, notes: [] };
}

function cutMessage(label: string, size: number, found: number): string {
  return `Cannot find all entries: found ${found}, expected at least ${size} as ${label} says. The end of the log was cut off.`;
}

function refused(reason: TamperReason, message: string, sequence: number | null = null): Marks {
  return { marks: [], keys: [], origin: null, wrong: { reason, sequence, through: null, message }, doubts: [], notes: [] };
}
