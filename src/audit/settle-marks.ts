import type { CheckpointMark } from './checkpoint-mark.ts';
import type { KeyHistory } from './key-history.ts';
import { openNote } from './open-note.ts';
import { signingKeyIdOf } from './verifier-key.ts';
import type { VerifierKey } from './verifier-key.ts';
import type { TamperReason, Wrong } from './verification.ts';

export interface SettledMarks {
  /** Those that a key signed which was good for their size. */
  readonly signed: readonly CheckpointMark[];
  readonly wrong: Wrong | null;
  readonly doubts: readonly string[];
}

/**
 * Tells which checkpoints are signed, once the statements of the log about keys were read: by trusted keys, or by successors of theirs.
 * A key that was replaced signs nothing that comes after that: a checkpoint by it there was made by somebody who kept, or stole, the key.
 */
export function settleMarks(marks: readonly CheckpointMark[], history: KeyHistory): SettledMarks {
  const keys = history.logKeys();
  const signed: CheckpointMark[] = [];
  const doubts: string[] = [];
  for (const mark of marks) {
    const opening = mark.by.length > 0 ? { kind: 'signed' as const, by: mark.by } : openNote(mark.note, keys);
    if (opening.kind === 'signed' && isGood(opening.by, mark, history)) signed.push(mark);
    else if (opening.kind === 'signed') return { signed, wrong: refused('key_replaced', mark, 'it is signed by a key that the log says was replaced before, or came later'), doubts };
    else if (opening.reason === 'key_unknown' && mark.from === 'kept') doubts.push(`Cannot believe ${mark.label}: ${opening.why}.`);
    else return { signed, wrong: refused(opening.reason, mark, opening.why), doubts };
  }
  return { signed, wrong: null, doubts };
}

function isGood(by: readonly VerifierKey[], { size }: CheckpointMark, history: KeyHistory): boolean {
  return by.some(({ publicKey }) => history.isGoodFor(signingKeyIdOf(publicKey), size));
}

function refused(reason: TamperReason, { label, size }: CheckpointMark, why: string): Wrong {
  return { reason, sequence: null, through: null, message: `Cannot accept ${label}, at size ${size}: ${why}.` };
}
