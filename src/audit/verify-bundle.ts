import type { Digest } from '../domain/digest.ts';
import type { Bundle } from './bundle.ts';
import { checkBundleEntries } from './bundle-entries.ts';
import type { BundleEntries } from './bundle-entries.ts';
import type { BundleCheck, BundleCheckName, BundleVerification, BundleWrong } from './bundle-verification.ts';
import type { Checkpoint } from './checkpoint.ts';
import { readCheckpoint } from './checkpoint.ts';
import type { Trust } from './checkpoint-mark.ts';
import type { Envelope } from './envelope.ts';
import type { KeyHistory } from './key-history.ts';
import { doubtsOfMisfits } from './misfits.ts';
import { openEnvelope } from './open-envelope.ts';
import { quote } from './quote.ts';
import { readBundle } from './read-bundle.ts';
import { sameBytes } from './same-bytes.ts';
import type { SignedNote } from './signed-note.ts';
import { settleMarks } from './settle-marks.ts';
import type { SigningKey } from './signing-key.ts';
import { historyOfLog } from './trusted-key.ts';
import type { TrustedKey } from './trusted-key.ts';
import { parseVerifierKey } from './verifier-key.ts';
import { lookForWitnesses } from './witnesses.ts';
import type { Witnesses } from './witnesses.ts';

export interface BundleTrust extends Trust {
  /** What the bundle should be, as its file name or a list says; null when nothing says so. */
  readonly id: Digest | null;
}

/**
 * Verifies the file of a bundle: form, signatures, each entry with its proof, openings and snapshots. Without trusted keys those that it names
 * are used, which proves consistency, not origin.
 */
export function verifyBundle(file: Uint8Array, trust: BundleTrust): BundleVerification {
  const reading = readBundle(file);
  switch (reading.kind) {
    case 'problem':
      return concluded(nothing, [wrongCheck({ check: 'form', reason: 'unparsable', sequence: null, message: `${reading.why}.` })], []);
    case 'newer':
      return concluded({ ...nothing, bundle: reading.id }, [unchecked('form', `It is written by a later release, as ${reading.predicateType}: verify it with that one.`)], []);
    case 'bundle':
      return verifyParts({ ...reading, trust });
  }
}

interface Parts {
  readonly id: Digest;
  readonly bundle: Bundle;
  readonly envelope: Envelope;
  readonly trust: BundleTrust;
}

/** One that was looked at, with what is wrong. */
interface Looked extends BundleCheck {
  readonly wrong: BundleWrong | null;
}

function verifyParts({ id, bundle, envelope, trust }: Parts): BundleVerification {
  const about = { bundle: id, account: bundle.account, entries: bundle.entries.length, erased: 0, snapshots: bundle.snapshots.length, inputs: 0 };
  const form = formOf(id, trust.id);
  const reading = readCheckpoint(bundle.checkpoint);
  if (reading.kind === 'problem') return concluded(about, [form, wrongCheck({ check: 'checkpoint', reason: 'checkpoint', sequence: null, message: `Cannot read the checkpoint: ${reading.why}.` })], []);
  const { checkpoint, note } = reading;
  const { history, unproven, notes } = keysFor(bundle, checkpoint.origin, trust.keys);
  const found = checkBundleEntries(bundle, checkpoint, history);
  const checks = [
    form,
    checkpointOf({ account: bundle.account, checkpoint, note }, history),
    entriesOf(bundle, found),
    verdictOn('snapshots', found.snapshots, `${bundle.snapshots.length} snapshots hold what their entries refer to.`),
    ...inputsOf(bundle, found),
    verdictOn('policies', found.policies, `${bundle.policyDigests.length} policy digests are those that the entries name.`),
    verdictOn('question', found.question, 'Every entry is one that the bundle was asked for, or says which key follows which.'),
    envelopeOf(envelope, history, unproven),
    ...trust.checkpoints.map((kept) => keptOf(kept, checkpoint, history)),
    ...(trust.witnesses === undefined ? [] : [witnessesOf([note, ...trust.checkpoints.flatMap((kept) => sameCheckpoint(kept, checkpoint, history) ?? [])], checkpoint, trust.witnesses)]),
  ];
  // Beside an entry that is wrong nothing more is told of the others, and what one of a later form leads to nobody here knows.
  const shown = found.wrong === null && found.newer === 0 ? checks : checks.filter(({ name }) => !afterEntries.has(name));
  return concluded({ ...about, erased: found.erased, inputs: found.inputs.whole }, shown, [...notes, ...leftOut(bundle)]);
}

const afterEntries: ReadonlySet<BundleCheckName> = new Set(['snapshots', 'inputs', 'policies', 'question']);

interface KeysInUse {
  /** What is trusted before the statements of the log about keys are read. */
  readonly history: KeyHistory;
  /** Signs the envelope whatever the log says: without a trusted key there is nothing that could lead to it. */
  readonly unproven: readonly SigningKey[];
  readonly notes: readonly string[];
}

function keysFor({ logKeys, signingKey }: Bundle, origin: string, trusted: readonly TrustedKey[]): KeysInUse {
  if (trusted.length > 0) return { history: historyOfLog(origin, trusted), unproven: [], notes: [] };
  const named = logKeys.flatMap((text) => parseVerifierKey(text) ?? []).map((key) => ({ kind: 'named' as const, key }));
  return { history: historyOfLog(origin, named), unproven: [signingKey], notes: [`Checked with the keys that the bundle names itself, ${quote(signingKey.id)} for the envelope: this proves consistency, not origin. Give the key that you know with --key.`] };
}

function formOf(id: Digest, expected: Digest | null): Looked {
  if (expected === null || expected === id) return verified('form', `It is bundle ${id}.`);
  return wrongCheck({ check: 'form', reason: 'id', sequence: null, message: `Cannot accept the bundle: found ${id}, expected ${expected} as it is named. It was put in the place of another one.` });
}

function checkpointOf({ account, checkpoint, note }: { readonly account: number; readonly checkpoint: Checkpoint; readonly note: SignedNote }, history: KeyHistory): Looked {
  const { origin, size, root } = checkpoint;
  if (!origin.endsWith(`/${account}`)) return wrongCheck({ check: 'checkpoint', reason: 'checkpoint', sequence: null, message: `Cannot accept the checkpoint at size ${size}: found origin ${quote(origin)}, expected one of account ${account}.` });
  const { wrong } = settleMarks([{ size, root, from: 'log', by: [], note, label: 'the checkpoint' }], history);
  if (wrong !== null) return wrongCheck({ check: 'checkpoint', reason: wrong.reason, sequence: null, message: wrong.message });
  return verified('checkpoint', `The checkpoint of ${quote(origin)} at size ${size} is signed by a key of the log.`);
}

function entriesOf(bundle: Bundle, { wrong, erased, newer, misfits }: BundleEntries): Looked {
  if (wrong !== null) return wrongCheck(wrong);
  if (newer > 0) return unchecked('entries', `${newer} entries are written by a later release: only their proofs were checked.`);
  const [doubt] = doubtsOfMisfits(misfits);
  if (doubt !== undefined) return unchecked('entries', doubt);
  const lost = erased === 0 ? '' : ` Of ${erased} of them content was erased; what they commit to still stands.`;
  return verified('entries', `${bundle.entries.length} entries stand in the log as the checkpoint commits to it.${lost}`);
}

/** The first form has no place for them. */
function inputsOf({ inputs }: Bundle, { inputs: { wrong, whole, erased } }: BundleEntries): readonly Looked[] {
  if (inputs === null) return [];
  const lost = erased === 0 ? '' : ` Of ${erased} decisions it was erased, or a part of it: they can not be judged again.`;
  return [verdictOn('inputs', wrong, `What ${whole} decisions judged is there as their entries commit to it.${lost}`)];
}

function envelopeOf(envelope: Envelope, history: KeyHistory, unproven: readonly SigningKey[]): Looked {
  const opening = openEnvelope(envelope, [...history.keys(), ...unproven]);
  if (opening.kind === 'refused') return refusedEnvelope(opening.reason, opening.why);
  if (history.isReplaced(opening.by.id)) return refusedEnvelope('key_replaced', `it is signed by ${quote(opening.by.id)}, which the log says was replaced before`);
  return verified('envelope', `The envelope is signed by ${opening.by.id} (${opening.by.algorithm}).`);
}

function refusedEnvelope(reason: BundleWrong['reason'], why: string): Looked {
  return wrongCheck({ check: 'envelope', reason, sequence: null, message: `Cannot accept the envelope: ${why}.` });
}

/** A kept checkpoint of the same size convicts; of another size it can only be compared with the whole log. */
function keptOf(kept: string, checkpoint: Checkpoint, history: KeyHistory): Looked {
  const reading = readCheckpoint(kept);
  if (reading.kind === 'problem') return unchecked('kept', `Cannot read the given checkpoint: ${reading.why}.`);
  const { origin, size, root } = reading.checkpoint;
  if (origin !== checkpoint.origin || size !== checkpoint.size) return unchecked('kept', `Cannot compare the given checkpoint of ${quote(origin)} at size ${size} with that of ${quote(checkpoint.origin)} at size ${checkpoint.size}: give it to an export of the whole log.`);
  const { wrong, signed } = settleMarks([{ size, root, from: 'kept', by: [], note: reading.note, label: 'the given checkpoint' }], history);
  if (wrong !== null) return wrongCheck({ check: 'kept', reason: wrong.reason, sequence: null, message: wrong.message });
  if (signed.length === 0) return unchecked('kept', 'Cannot believe the given checkpoint: no key that is trusted signed it.');
  if (sameBytes(root, checkpoint.root)) return verified('kept', `The given checkpoint at size ${size} commits to the same log.`);
  return wrongCheck({ check: 'kept', reason: 'root', sequence: null, message: `Cannot accept the checkpoint at size ${size}: the given one commits to another root. The log has two histories.` });
}

/** A witness may have cosigned it since the bundle was made. Null: it is another one, or nobody who is trusted signed it. */
function sameCheckpoint(kept: string, { origin, size, root }: Checkpoint, history: KeyHistory): SignedNote | null {
  const reading = readCheckpoint(kept);
  if (reading.kind === 'problem') return null;
  const { checkpoint, note } = reading;
  const isSame = checkpoint.origin === origin && checkpoint.size === size && sameBytes(checkpoint.root, root);
  return isSame && settleMarks([{ size, root, from: 'kept', by: [], note, label: 'the given checkpoint' }], history).signed.length > 0 ? note : null;
}

function witnessesOf(seen: readonly SignedNote[], { size }: Checkpoint, witnesses: Witnesses): Looked {
  const { wrong, doubts, notes } = lookForWitnesses(seen.map((note, at) => ({ size, note, label: at === 0 ? 'the checkpoint' : 'the given checkpoint' })), witnesses);
  if (wrong !== null) return wrongCheck({ check: 'witnesses', reason: wrong.reason, sequence: null, message: wrong.message });
  return doubts.length > 0 ? unchecked('witnesses', doubts.join(' ')) : verified('witnesses', notes.join(' '));
}

function leftOut({ asked }: Bundle): readonly string[] {
  if (asked.kind === 'period') return ['Between its first and its last entry none is missing; that the period has no others before and after shows only the whole log.'];
  return ['That no entry about this was left out shows only the whole log: verify an export.'];
}

function verdictOn(name: BundleCheckName, wrong: BundleWrong | null, message: string): Looked {
  return wrong === null ? verified(name, message) : wrongCheck(wrong);
}

function verified(name: BundleCheckName, message: string): Looked {
  return { name, outcome: 'verified', message, wrong: null };
}

function unchecked(name: BundleCheckName, message: string): Looked {
  return { name, outcome: 'unchecked', message, wrong: null };
}

function wrongCheck(wrong: BundleWrong): Looked {
  return { name: wrong.check, outcome: 'tampered', message: wrong.message, wrong };
}

type About = Pick<BundleVerification, 'bundle' | 'account' | 'entries' | 'erased' | 'snapshots' | 'inputs'>;

const nothing: About = { bundle: null, account: null, entries: 0, erased: 0, snapshots: 0, inputs: 0 };

/** An entry that is wrong is named before the signature that its change broke. */
function concluded(about: About, looked: readonly Looked[], notes: readonly string[]): BundleVerification {
  const wrongs = looked.flatMap(({ wrong }) => wrong ?? []);
  const firstWrong = wrongs.find(({ sequence }) => sequence !== null) ?? wrongs[0] ?? null;
  const isVerified = looked.every(({ outcome }) => outcome === 'verified');
  const checks = looked.map(({ name, outcome, message }) => ({ name, outcome, message }));
  return { outcome: firstWrong !== null ? 'tampered' : isVerified ? 'verified' : 'unchecked', verified: isVerified, ...about, checks, firstWrong, notes: firstWrong === null ? notes : [] };
}
