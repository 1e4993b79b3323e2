import { accountOfOrigin } from './account-of-origin.ts';
import { readCheckpoint } from './checkpoint.ts';
import type { Checkpoint } from './checkpoint.ts';
import { collectMarks } from './checkpoint-mark.ts';
import type { CheckpointMark, Trust } from './checkpoint-mark.ts';
import { readFacts } from './entry-facts.ts';
import type { ConsistencyProof, InclusionProof, LogProof } from './log-proof.ts';
import { leafHash } from './merkle-hash.ts';
import { provesConsistency, provesInclusion } from './merkle-proof.ts';
import { misfitOfEntry } from './misfit-of-entry.ts';
import { doubtsOfMisfits } from './misfits.ts';
import { quote } from './quote.ts';
import { sameBytes } from './same-bytes.ts';
import { settleMarks } from './settle-marks.ts';
import type { SettledMarks } from './settle-marks.ts';
import { historyOfLog } from './trusted-key.ts';
import type { Wrong } from './verification.ts';
import { lookForWitnesses } from './witnesses.ts';

/** What a proof alone shows. `verified` means: what it names stands in the log that its checkpoint commits to. */
export interface ProofVerification {
  readonly outcome: 'verified' | 'tampered' | 'unchecked';
  readonly proof: LogProof['kind'];
  readonly origin: string;
  /** Entries that the checkpoint commits to. */
  readonly size: number;
  readonly firstWrong: Wrong | null;
  /** In sentences: what this result does and does not prove. */
  readonly notes: readonly string[];
}

/** Verifies a proof against its own checkpoint, that against the keys, and both against checkpoints that were kept elsewhere. */
export function verifyProof(proof: LogProof, trust: Trust): ProofVerification {
  const reading = readCheckpoint(proof.checkpoint);
  if (reading.kind === 'problem') return refused(proof, { origin: '', size: 0 }, wrongOf('checkpoint', `Cannot read the checkpoint of the proof: ${reading.why}.`));
  const { checkpoint } = reading;
  const account = accountOfOrigin(checkpoint.origin);
  if (account === null) return refused(proof, checkpoint, wrongOf('checkpoint', `Cannot verify the proof: its checkpoint is of ${quote(checkpoint.origin)}, expected <host>/<account id>.`));
  const kept = trust.checkpoints.filter((note) => sizeOf(note) <= checkpoint.size);
  const marks = collectMarks({ account, size: checkpoint.size, checkpoints: [proof.checkpoint], keys: proof.keys }, { ...trust, checkpoints: kept });
  const settled = marks.keys.length === 0 ? noneSettled : settleMarks(marks.marks, historyOfLog(checkpoint.origin, marks.keys));
  const wrong = marks.wrong ?? settled.wrong ?? contradiction(proof, checkpoint, marks.marks) ?? (proof.kind === 'inclusion' ? inclusionWrong(proof, checkpoint, account) : null);
  if (wrong !== null) return refused(proof, checkpoint, wrong);
  const seen = trust.witnesses === undefined ? null : lookForWitnesses(settled.signed, trust.witnesses);
  if (seen !== null && seen.wrong !== null) return refused(proof, checkpoint, seen.wrong);
  const shown = proof.kind === 'inclusion' ? inclusionNotes(proof, checkpoint) : consistencyOf(proof, checkpoint, settled.signed);
  if ('wrong' in shown) return refused(proof, checkpoint, shown.wrong);
  const doubts = [...marks.doubts, ...settled.doubts, ...shown.doubts, ...uncompared(proof, checkpoint, { given: trust.checkpoints.length, signed: settled.signed }), ...(seen?.doubts ?? [])];
  return { outcome: doubts.length === 0 ? 'verified' : 'unchecked', proof: proof.kind, origin: checkpoint.origin, size: checkpoint.size, firstWrong: null, notes: [...shown.notes, ...(seen?.notes ?? []), ...marks.notes, ...doubts] };
}

function sizeOf(note: string): number {
  const reading = readCheckpoint(note);
  return reading.kind === 'checkpoint' ? reading.checkpoint.size : 0;
}

/** A kept checkpoint of the size of one of the two trees must have its root. */
function contradiction(proof: LogProof, checkpoint: Checkpoint, marks: readonly CheckpointMark[]): Wrong | null {
  const trees = [checkpoint, ...(proof.kind === 'consistency' && proof.from.root !== null ? [{ size: proof.from.size, root: proof.from.root }] : [])];
  const other = marks.find((mark) => trees.some(({ size, root }) => size === mark.size && !sameBytes(root, mark.root)));
  return other === undefined ? null : wrongOf('root', `Cannot verify the proof: at size ${other.size} a given checkpoint commits to another root. There are two histories of this log.`);
}

/** Whoever gives checkpoints wants to know of a second history: no yes where none of them could show it. */
function uncompared(proof: LogProof, { size }: Checkpoint, { given, signed }: { readonly given: number; readonly signed: readonly CheckpointMark[] }): readonly string[] {
  const sizes = proof.kind === 'consistency' ? [proof.from.size, size] : [size];
  if (given === 0 || signed.some((mark) => mark.from === 'kept' && sizes.includes(mark.size))) return [];
  return [`Cannot compare the given checkpoints with the proof: found none of this log at size ${sizes.join(' or ')} that a trusted key signed. Give one of that size, or give them to an export of the whole log.`];
}

function inclusionWrong({ index, leaf, path }: InclusionProof, { size, root }: Checkpoint, account: number): Wrong | null {
  if (!provesInclusion({ index, size, leafHash: leafHash(leaf), root }, path)) return wrongOf('root', `Cannot verify entry ${index}: the proof does not lead from this leaf to the root that the checkpoint at size ${size} commits to.`, index);
  const facts = readFacts(leaf);
  if (facts.kind === 'problem') return wrongOf(facts.reason, `Cannot verify entry ${index}: ${facts.why}.`, index);
  if (facts.kind === 'newer') return null;
  if (facts.entry.sequence !== index) return wrongOf('sequence', `Cannot verify entry ${index}: its leaf says sequence ${facts.entry.sequence}.`, index);
  return facts.entry.account === account ? null : wrongOf('account', `Cannot verify entry ${index}: its leaf says account ${facts.entry.account}, expected ${account}.`, index);
}

interface Shown {
  readonly notes: readonly string[];
  readonly doubts: readonly string[];
}

function inclusionNotes({ index, leaf }: InclusionProof, { size }: Checkpoint): Shown {
  const facts = readFacts(leaf);
  const stands = (what: string): string => `Entry ${index} (${what}) is one of the ${size} entries that the checkpoint commits to.`;
  if (facts.kind !== 'entry') return { notes: [stands('written by a later release')], doubts: [`Entry ${index} is written by a later release: only its hash was checked.`] };
  const misfit = misfitOfEntry(facts.entry, []);
  return { notes: [stands(`${facts.entry.event} of ${facts.entry.time}`)], doubts: misfit === null ? [] : doubtsOfMisfits({ count: 1, first: `entry ${index}: ${misfit}` }) };
}

function consistencyOf({ from, path }: ConsistencyProof, { size, root }: Checkpoint, signed: readonly CheckpointMark[]): Shown | { readonly wrong: Wrong } {
  const kept = signed.find((mark) => mark.from === 'kept' && mark.size === from.size);
  const first = from.root ?? kept?.root ?? null;
  if (first === null) return { notes: [], doubts: [`Cannot tell what the log was at size ${from.size}: give the checkpoint that you kept of that size with --checkpoint.`] };
  if (!provesConsistency({ first: { size: from.size, root: first }, second: { size, root } }, path)) return { wrong: wrongOf('root', `Cannot verify the proof: it does not show that the tree of size ${size} extends the one of size ${from.size}.`) };
  const whose = kept === undefined ? [`Compare the root at size ${from.size}, ${Buffer.from(first).toString('base64')}, with a checkpoint that you kept of that size, or give that with --checkpoint.`] : [];
  return { notes: [`The ${size} entries that the checkpoint commits to begin with the ${from.size} of the earlier tree.`, ...whose], doubts: [] };
}

function wrongOf(reason: Wrong['reason'], message: string, sequence: number | null = null): Wrong {
  return { reason, sequence, through: sequence, message };
}

function refused(proof: LogProof, { origin, size }: Pick<Checkpoint, 'origin' | 'size'>, firstWrong: Wrong): ProofVerification {
  return { outcome: 'tampered', proof: proof.kind, origin, size, firstWrong, notes: [] };
}

/** Without a key. */
const noneSettled: SettledMarks = { signed: [], wrong: null, doubts: [] };
