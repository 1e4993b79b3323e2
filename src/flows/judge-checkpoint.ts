import { readCheckpoint } from '../audit/checkpoint.ts';
import type { Checkpoint } from '../audit/checkpoint.ts';
import { openNote } from '../audit/open-note.ts';
import { quote } from '../audit/quote.ts';
import { sameBytes } from '../audit/same-bytes.ts';
import { keysOfLog } from '../audit/trusted-key.ts';
import type { LogTrust } from './confirm-log.ts';
import type { LogTrees } from './log-trees.ts';
import type { Judgement } from './ports/anchor.ts';

export interface JudgedLog extends LogTrust {
  readonly trees: LogTrees;
  readonly account: number;
  /** The newest checkpoint of the log. */
  readonly newest: Checkpoint;
}

/**
 * What a note from elsewhere says about a log. Only what our own key signed can convict: whoever else writes there can make an alarm,
 * never a block.
 */
export async function judgeCheckpoint(log: JudgedLog, text: string): Promise<Judgement> {
  const reading = readCheckpoint(text);
  if (reading.kind === 'problem') return { kind: 'unusable', why: reading.why };
  const { checkpoint, note } = reading;
  const { account, newest } = log;
  if (checkpoint.origin !== newest.origin) return { kind: 'unusable', why: `it is of ${quote(checkpoint.origin)}, expected ${quote(newest.origin)}` };
  const opening = openNote(note, keysOfLog(checkpoint.origin, log.publicKeys.map((publicKey) => ({ kind: 'bare', publicKey }))));
  if (opening.kind === 'refused') return { kind: 'unusable', why: opening.why };
  const { size } = checkpoint;
  const stands = await log.audit.size(account);
  if (size > stands) return { kind: 'contradiction', why: `there stands a checkpoint over ${size} entries that our key signed, the store has ${stands}: the log was cut back` };
  if (!(await hasRoot(log, checkpoint))) return { kind: 'contradiction', why: `there stands a checkpoint at size ${size} that our key signed, with another root than the store has: there are two histories of the log` };
  if (size === newest.size) return { kind: 'same' };
  return { kind: size < newest.size ? 'earlier' : 'later' };
}

/** Read anew before it convicts: what is kept of the log may be of before a restore. */
async function hasRoot({ trees, account }: JudgedLog, { size, root }: Checkpoint): Promise<boolean> {
  if (sameBytes(await trees.root(account, size), root)) return true;
  trees.forget(account);
  return sameBytes(await trees.root(account, size), root);
}
