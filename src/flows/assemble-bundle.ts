import { bundleIdOf } from '../audit/bundle.ts';
import type { Bundle, BundleEntry, BundleQuestion } from '../audit/bundle.ts';
import { policyDigestsOf } from '../audit/bundle-entries.ts';
import { bundlePayload, statementPayloadType } from '../audit/bundle-statement.ts';
import type { BundleVerification } from '../audit/bundle-verification.ts';
import { readCheckpoint } from '../audit/checkpoint.ts';
import type { Checkpoint } from '../audit/checkpoint.ts';
import { signEnvelope } from '../audit/envelope.ts';
import type { EnvelopeSigner } from '../audit/envelope.ts';
import { openNote } from '../audit/open-note.ts';
import { bundleFile, mostBundleBytes, mostEntries } from '../audit/read-bundle.ts';
import { readEntry } from '../audit/read-entry.ts';
import { sameBytes } from '../audit/same-bytes.ts';
import { linkedSnapshots } from '../audit/snapshot-link.ts';
import type { Snapshot } from '../audit/snapshot.ts';
import { keysOfLog, trustedLogKeys } from '../audit/trusted-key.ts';
import { formatVerifierKey } from '../audit/verifier-key.ts';
import { verifyBundle } from '../audit/verify-bundle.ts';
import type { Digest } from '../domain/digest.ts';
import { Failure } from '../domain/failure.ts';
import type { AuditReader } from './ports/audit-log.ts';
import { readEntries } from './read-audit-log.ts';
import { selectEntries } from './select-entries.ts';
import type { AskedBundle } from './select-entries.ts';

export interface BundleSources {
  readonly audit: AuditReader;
  /** Raw public keys that may have signed the log. */
  readonly publicKeys: readonly Uint8Array[];
  readonly signer: EnvelopeSigner;
}

export interface AssembledBundle {
  readonly id: Digest;
  readonly file: Uint8Array;
  readonly verification: BundleVerification;
}

/**
 * Assembles a bundle under the first checkpoint that covers its entries, so that asking again for what is over gives the same one, signs
 * it and verifies it. Reads the whole log once: each proof needs all of it.
 * @throws Failure NOT_FOUND when nothing answers the question, or no checkpoint covers it yet; USAGE when it is too much for one bundle;
 * AUDIT_TAMPERED when the log is not what its checkpoint says; what the signer throws.
 */
export async function assembleBundle(sources: BundleSources, account: number, asked: AskedBundle): Promise<AssembledBundle> {
  const bundle = await bundleOf(sources, account, asked);
  const payload = bundlePayload(bundle);
  const file = bundleFile(await signEnvelope(statementPayloadType, payload, sources.signer));
  const id = bundleIdOf(payload);
  if (file.length > mostBundleBytes || payload.length > (mostBundleBytes / 4) * 3 - spareBytes) throw tooMuch(`${payload.length} bytes`, `fewer than ${mostBundleBytes}`);
  const verification = verifyBundle(file, { keys: [], checkpoints: [], id });
  if (verification.verified) return { id, file, verification };
  throw tampered(account, verification.firstWrong?.message ?? verification.checks.map(({ message }) => message).join(' '));
}

async function bundleOf({ audit, publicKeys, signer }: BundleSources, account: number, wanted: AskedBundle): Promise<Bundle> {
  const { asked, sequences, tree } = await selectEntries(audit, account, wanted);
  const last = sequences.at(-1);
  if (last === undefined) throw new Failure('NOT_FOUND', `Cannot assemble a bundle: the log of account ${account} has no entry about ${nameOf(asked)}. Nothing was written.`);
  if (sequences.length > mostEntries) throw tooMuch(`${sequences.length} entries`, `at most ${mostEntries}`);
  const { note, checkpoint } = await coveringCheckpoint(audit, account, { last, publicKeys });
  if (checkpoint.size > tree.size || !sameBytes(tree.root(checkpoint.size), checkpoint.root)) throw tampered(account, `The entries are not what the checkpoint at size ${checkpoint.size} commits to.`);
  const entries: BundleEntry[] = [];
  for (const { from, to } of runsOf(sequences)) {
    for await (const batch of readEntries(audit, account, { from, to })) {
      for (const item of batch) {
        if (item.kind === 'unreadable') throw tampered(account, `An entry can not be read: ${item.why}.`);
        entries.push({ sequence: item.sequence, leaf: item.leaf, openings: item.openings, proof: tree.inclusionProof(item.sequence, checkpoint.size) });
      }
    }
  }
  const read = entries.flatMap(({ leaf }) => {
    const reading = readEntry(leaf);
    return reading.kind === 'entry' ? [reading.entry] : [];
  });
  const linked = [...new Set(read.flatMap(({ links }) => linkedSnapshots(links)))].toSorted();
  return {
    account,
    asked,
    checkpoint: note,
    entries,
    logKeys: keysOfLog(checkpoint.origin, trustedLogKeys(publicKeys)).map(formatVerifierKey),
    policyDigests: policyDigestsOf(read),
    signingKey: signer.key,
    snapshots: await keptSnapshots(audit, account, linked),
  };
}

/** The first one that covers an entry and that a key of ours has signed. */
async function coveringCheckpoint(audit: AuditReader, account: number, { last, publicKeys }: { readonly last: number; readonly publicKeys: readonly Uint8Array[] }): Promise<{ readonly note: string; readonly checkpoint: Checkpoint }> {
  for (const { note } of await audit.checkpoints(account, last + 1)) {
    const reading = readCheckpoint(note);
    if (reading.kind === 'problem') throw tampered(account, `A checkpoint can not be read: ${reading.why}.`);
    const { checkpoint } = reading;
    const keys = keysOfLog(checkpoint.origin, trustedLogKeys(publicKeys));
    if (openNote(reading.note, keys).kind === 'signed') return { note, checkpoint };
  }
  throw new Failure('NOT_FOUND', `Cannot assemble a bundle: no checkpoint that a key of this server signed covers entry ${last} of account ${account} yet. Nothing was written. A running server seals about every minute: ask again then.`);
}

async function keptSnapshots(audit: AuditReader, account: number, digests: readonly Digest[]): Promise<readonly Snapshot[]> {
  const found: Snapshot[] = [];
  for (let from = 0; from < digests.length; from += mostSnapshots) found.push(...(await audit.snapshots(account, digests.slice(from, from + mostSnapshots))));
  return found.toSorted((a, b) => (a.digest < b.digest ? -1 : 1));
}

/** Ranges of sequences that follow each other. */
function runsOf(sequences: readonly number[]): readonly { readonly from: number; readonly to: number }[] {
  const runs: { from: number; to: number }[] = [];
  for (const sequence of sequences) {
    const run = runs.at(-1);
    if (run?.to === sequence) run.to += 1;
    else runs.push({ from: sequence, to: sequence + 1 });
  }
  return runs;
}

function nameOf(asked: BundleQuestion): string {
  switch (asked.kind) {
    case 'pull-request':
      return `pull request ${asked.number} of ${asked.repository.name}`;
    case 'period':
      return `the time from ${asked.from} to ${asked.to}`;
    case 'contract':
      return `contract ${JSON.stringify(asked.id)}`;
  }
}

function tooMuch(found: string, expected: string): Failure {
  return new Failure('USAGE', `Cannot assemble a bundle: found ${found}, expected ${expected}. Nothing was written. Ask for a shorter period, or export the whole log.`);
}

function tampered(account: number, why: string): Failure {
  return new Failure('AUDIT_TAMPERED', `Cannot assemble a bundle from the log of account ${account}: ${why} Verify the store with plumbline audit verify.`);
}

const mostSnapshots = 20;
/** For what the envelope has beside the payload. */
const spareBytes = 1024;
