import { readCheckpoint } from '../audit/checkpoint.ts';
import type { Checkpoint } from '../audit/checkpoint.ts';
import { openNote } from '../audit/open-note.ts';
import { quote } from '../audit/quote.ts';
import { sameBytes } from '../audit/same-bytes.ts';
import type { SignedNote } from '../audit/signed-note.ts';
import { historyOfLog } from '../audit/trusted-key.ts';
import type { TrustedKey } from '../audit/trusted-key.ts';
import { signingKeyIdOf } from '../audit/verifier-key.ts';
import type { LogTrees } from './log-trees.ts';
import type { Judgement } from './ports/anchor.ts';
import type { AuditReader } from './ports/audit-log.ts';

export interface JudgedLog {
  readonly audit: Pick<AuditReader, 'size'>;
  /** Those of the server; what the log says about keys leads on from them. */
  readonly keys: readonly TrustedKey[];
  readonly trees: LogTrees;
  readonly account: number;
  /** The newest checkpoint of the log. */
  readonly newest: Checkpoint;
  /** The newest size that we remember to have anchored where the note stands; 0: none. */
  readonly known: number;
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
  const { size } = checkpoint;
  const stands = await log.audit.size(account);
  const why = await refusalOf(log, { checkpoint, note }, Math.min(newest.size, stands));
  if (why !== null) return { kind: 'unusable', why };
  if (size > stands) return { kind: 'contradiction', why: `there stands a checkpoint over ${size} entries that our key signed, the store has ${stands}: the log was cut back` };
  if (!(await hasRoot(log, checkpoint))) return { kind: 'contradiction', why: `there stands a checkpoint at size ${size} that our key signed, with another root than the store has: there are two histories of the log` };
  if (size < log.known) return { kind: 'taken-back', why: `there stands a checkpoint of size ${size} where one of size ${log.known} stood: it was taken away` };
  if (size === newest.size) return { kind: 'same' };
  return { kind: size < newest.size ? 'earlier' : 'later' };
}

interface NotedCheckpoint {
  readonly checkpoint: Checkpoint;
  readonly note: SignedNote;
}

/** Null when it is signed by a key that was good for its size: whoever kept, or stole, one that was replaced convicts nobody. */
async function refusalOf({ trees, account, keys }: JudgedLog, { checkpoint, note }: NotedCheckpoint, size: number): Promise<string | null> {
  const history = historyOfLog(checkpoint.origin, keys);
  // One that is wrong is told when the log is sealed, and when it is verified.
  for (const { at, signed } of await trees.statements(account, size)) if (signed !== null) history.take(signed, at);
  const opening = openNote(note, history.logKeys());
  if (opening.kind === 'refused') return opening.why;
  return opening.by.some(({ publicKey }) => history.isGoodFor(signingKeyIdOf(publicKey), checkpoint.size)) ? null : 'it is signed by a key that the log says was replaced before, or came later';
}

/** Read anew before it convicts: what is kept of the log may be of before a restore. */
async function hasRoot({ trees, account }: JudgedLog, { size, root }: Checkpoint): Promise<boolean> {
  if (sameBytes(await trees.root(account, size), root)) return true;
  trees.forget(account);
  return sameBytes(await trees.root(account, size), root);
}
