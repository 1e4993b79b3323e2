import { base64Of } from '../../audit/base64.ts';
import { opens } from '../../audit/entry.ts';
import type { Commitment, Opening } from '../../audit/entry.ts';
import type { InclusionProof } from '../../audit/log-proof.ts';
import { leafHash } from '../../audit/merkle-hash.ts';
import { formatProof } from '../../audit/proof-format.ts';
import { readEntry } from '../../audit/read-entry.ts';
import type { ReadEntry } from '../../audit/read-entry.ts';
import { sameBytes } from '../../audit/same-bytes.ts';
import { Failure } from '../../domain/failure.ts';
import type { JsonObject, JsonValue } from '../../domain/json-value.ts';
import type { StoredEntry } from '../../flows/ports/audit-log.ts';

/**
 * An entry with who and why in words; null once they were erased.
 * @throws Failure AUDIT_TAMPERED when it is not what its place or what was recorded of it says.
 */
export function entryForm(account: number, stored: StoredEntry): JsonObject {
  const { entry, leaf } = checkedEntry(account, stored);
  const value: JsonValue = JSON.parse(leaf);
  return { entry: value, actor: openedText(stored, entry.actor), rationale: openedText(stored, entry.rationale) };
}

/** The same with all that proves it: its leaf as it stands in the tree, what opens its commitments, and the way to a checkpoint; null where none covers it yet. */
export function wholeEntryForm(account: number, stored: StoredEntry, proof: InclusionProof | null): JsonObject {
  const { entry, leaf } = checkedEntry(account, stored);
  const payload = entry.payload === null ? null : openedText(stored, entry.payload);
  const parsed: JsonValue = payload === null ? null : JSON.parse(payload);
  return {
    ...entryForm(account, stored),
    payload: parsed,
    leaf,
    leafHash: base64Of(leafHash(stored.leaf)),
    openings: stored.openings.map(({ digest, nonce, bytes }) => ({ digest, nonce: base64Of(nonce), bytes: base64Of(bytes) })),
    proof: proof === null ? null : proofForm(proof),
  };
}

function proofForm(proof: InclusionProof): JsonObject {
  const { index, path, checkpoint, keys } = proof;
  return { index, path: path.map(base64Of), checkpoint, keys: [...keys], c2sp: formatProof(proof, 'c2sp') };
}

function checkedEntry(account: number, stored: StoredEntry): { readonly entry: ReadEntry; readonly leaf: string } {
  const leaf = new TextDecoder().decode(stored.leaf);
  const reading = readEntry(leaf);
  const isHashed = stored.leafHash === undefined || sameBytes(stored.leafHash, leafHash(stored.leaf));
  if (reading.kind !== 'entry' || !isHashed || reading.entry.account !== account || reading.entry.sequence !== stored.sequence) throw tampered(account, stored, 'its leaf is not what was appended');
  return { entry: reading.entry, leaf };
}

function openedText(stored: StoredEntry, commitment: Commitment): string | null {
  const opening = stored.openings.find(({ digest }) => digest === commitment.digest);
  return opening === undefined ? null : checkedText(stored, commitment, opening);
}

function checkedText(stored: StoredEntry, commitment: Commitment, opening: Opening): string {
  if (!opens(commitment, opening)) throw tampered(null, stored, 'what opens it does not fit');
  return new TextDecoder().decode(opening.bytes);
}

function tampered(account: number | null, { sequence }: StoredEntry, why: string): Failure {
  return new Failure('AUDIT_TAMPERED', `Cannot show entry ${sequence}${account === null ? '' : ` of account ${account}`}: ${why}. Verify the store with plumbline audit verify store.`);
}
