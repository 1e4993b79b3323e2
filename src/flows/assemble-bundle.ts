import { bundleIdOf } from '../audit/bundle.ts';
import type { Bundle, BundleEntry, BundleQuestion } from '../audit/bundle.ts';
import { policyDigestsOf } from '../audit/bundle-entries.ts';
import { statementPayloadType } from '../audit/bundle-statement.ts';
import type { BundleVerification } from '../audit/bundle-verification.ts';
import type { Checkpoint } from '../audit/checkpoint.ts';
import { signEnvelope } from '../audit/envelope.ts';
import type { EnvelopeSigner } from '../audit/envelope.ts';
import { leafHash } from '../audit/merkle-hash.ts';
import { mostBundleBytes, mostEntries } from '../audit/read-bundle.ts';
import { keysOfLog, trustedLogKeys } from '../audit/trusted-key.ts';
import { formatVerifierKey } from '../audit/verifier-key.ts';
import type { Digest } from '../domain/digest.ts';
import { Failure } from '../domain/failure.ts';
import { ContentBudget } from './content-budget.ts';
import { ownBundleWork } from './own-bundle-work.ts';
import type { BundleWork } from './ports/bundle-work.ts';
import { coveringCheckpoint } from './covering-checkpoint.ts';
import type { CoveringCheckpoint } from './covering-checkpoint.ts';
import type { AuditIndex } from './ports/audit-index.ts';
import type { AuditReader } from './ports/audit-log.ts';
import { selectEntries, withKeys } from './select-entries.ts';
import type { AskedBundle, SelectedEntry } from './select-entries.ts';
import { readSnapshotsOf } from './snapshots-of.ts';
import { readStoredTree } from './stored-tree.ts';

export interface BundleSources {
  readonly audit: AuditReader;
  readonly index: AuditIndex;
  /** Raw public keys that may have signed the log. */
  readonly publicKeys: readonly Uint8Array[];
  readonly signer: EnvelopeSigner;
  /** Left out: done here. */
  readonly work?: BundleWork;
  /** Asked where no checkpoint covers what was found yet. */
  readonly seal?: () => Promise<void>;
  /** Told how many entries were read. */
  readonly onProgress?: (entries: number) => Promise<void> | void;
}

export interface AssembledBundle {
  readonly id: Digest;
  readonly file: Uint8Array;
  /** Never `tampered`; `unchecked` where an entry does not have the form of its event. */
  readonly verification: BundleVerification;
}

/**
 * Assembles a bundle under the first checkpoint that covers its entries, so that asking again for what is over gives the same one, signs
 * it and verifies it. Reads what it holds, and of the rest of the log nothing but hashes: 32 bytes for 256 entries.
 * @throws Failure NOT_FOUND when nothing answers the question, or no checkpoint covers it yet; USAGE when it is too much for one bundle;
 * AUDIT_TAMPERED when the log is not what its checkpoint says; what the signer throws.
 */
export async function assembleBundle(sources: BundleSources, account: number, asked: AskedBundle): Promise<AssembledBundle> {
  const budget = new ContentBudget({ entries: mostEntries, bytes: mostContent });
  const { work = ownBundleWork, signer } = sources;
  const payload = await work.payload(await bundleOf(sources, account, { asked, budget }));
  budget.refuseFile(payload.length, (mostBundleBytes / 4) * 3 - spareBytes);
  const file = await work.file(await signEnvelope(statementPayloadType, payload, signer));
  const id = bundleIdOf(payload);
  const verification = await work.verify(file, { keys: [], checkpoints: [], id });
  if (verification.outcome !== 'tampered') return { id, file, verification };
  throw new Failure('AUDIT_TAMPERED', `Cannot assemble a bundle from the log of account ${account}: ${verification.firstWrong?.message ?? verification.checks.map(({ message }) => message).join(' ')} Verify the store with plumbline audit verify.`);
}

async function bundleOf(sources: BundleSources, account: number, { asked: wanted, budget }: { readonly asked: AskedBundle; readonly budget: ContentBudget }): Promise<Bundle> {
  const { audit, index, publicKeys, signer, onProgress } = sources;
  const selecting = { index, account, budget, ...(onProgress === undefined ? {} : { onProgress }) };
  const { asked, entries: answers } = await selectEntries(selecting, wanted);
  if (answers.length === 0) throw new Failure('NOT_FOUND', `Cannot assemble a bundle: the log of account ${account} has no entry about ${nameOf(asked)}. Nothing was written.`);
  await covered(sources, account, answers);
  // Only now: sealing may have stated a key.
  const entries = await withKeys(selecting, answers);
  const { note, checkpoint } = await covered(sources, account, entries);
  const read = entries.map(({ entry }) => entry);
  return {
    account,
    asked,
    checkpoint: note,
    entries: await provenEntries(index, account, { checkpoint, entries }),
    logKeys: keysOfLog(checkpoint.origin, trustedLogKeys(publicKeys)).map(formatVerifierKey),
    policyDigests: policyDigestsOf(read),
    signingKey: signer.key,
    ...(await readSnapshotsOf(audit, account, read, budget)),
  };
}

/** The first checkpoint that covers them, after a seal where there is none. */
async function covered({ audit, publicKeys, seal }: BundleSources, account: number, entries: readonly SelectedEntry[]): Promise<CoveringCheckpoint> {
  const entry = entries.at(-1)?.stored.sequence ?? 0;
  const before = await coveringCheckpoint(audit, account, { entry, publicKeys });
  if (before === null) await seal?.();
  const found = before ?? (await coveringCheckpoint(audit, account, { entry, publicKeys }));
  if (found !== null) return found;
  throw new Failure('NOT_FOUND', `Cannot assemble a bundle: no checkpoint that a key of this server signed covers entry ${entry} of account ${account} yet. Nothing was written. A running server seals about every minute: start it, and ask again.`);
}

async function provenEntries(index: AuditIndex, account: number, { checkpoint, entries }: { readonly checkpoint: Checkpoint; readonly entries: readonly SelectedEntry[] }): Promise<readonly BundleEntry[]> {
  const tree = await readStoredTree(index, account, checkpoint);
  const proven: BundleEntry[] = [];
  for (const { stored: { sequence, leaf, openings } } of entries) proven.push({ sequence, leaf: new TextDecoder().decode(leaf), openings, proof: await tree.inclusionProof(sequence, leafHash(leaf)) });
  return proven;
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

/** Half of what a file may have when unpacked, where most of it stands in base64 twice. */
const mostContent = mostBundleBytes / 2;
/** For what the envelope has beside the payload. */
const spareBytes = 1024;
