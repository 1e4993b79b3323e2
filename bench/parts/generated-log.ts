import { signCheckpoint } from '../../src/audit/checkpoint.ts';
import { sealEntry } from '../../src/audit/entry.ts';
import { leafHash } from '../../src/audit/merkle-hash.ts';
import { MerkleTree } from '../../src/audit/merkle-tree.ts';
import { formatVerifierKey, verifierKeyOf } from '../../src/audit/verifier-key.ts';
import type { AuditReader, StoredEntry } from '../../src/flows/ports/audit-log.ts';
import { account, aDraft, aLogKey } from '../../test/builders/a-log.ts';

/** A log that is made anew whenever it is read: a million entries would not fit into memory. */
export interface GeneratedLog {
  readonly reader: AuditReader;
  readonly publicKey: Uint8Array;
  /** As `--key` takes it. */
  readonly verifierKey: string;
  readonly tree: MerkleTree;
  readonly leafHashes: readonly Uint8Array[];
}

export async function generatedLog(size: number): Promise<GeneratedLog> {
  const tree = new MerkleTree();
  const leafHashes: Uint8Array[] = [];
  for (let sequence = 0; sequence < size; sequence += 1) {
    const hash = leafHash(entryAt(sequence).leaf);
    leafHashes.push(hash);
    tree.append(hash);
  }
  const signer = aLogKey();
  const origin = `${signer.name}/${account}`;
  const note = await signCheckpoint({ origin, size, root: tree.root() }, signer);
  const reader: AuditReader = {
    accounts: async () => [account],
    size: async () => size,
    entries: async (_account, from, limit) => Array.from({ length: Math.max(0, Math.min(limit, size - from)) }, (_, place) => entryAt(from + place)),
    checkpoints: async () => [{ size, note, sealedAt: new Date(0) }],
    snapshots: async () => [],
    blocked: async () => null,
  };
  return { reader, publicKey: signer.publicKey, verifierKey: formatVerifierKey(verifierKeyOf(origin, signer.publicKey)), tree, leafHashes };
}

const payload = { decision: 'allow', cause: 'pass', verdicts: ['change', 'contracts'].map((gate) => ({ gate, verdict: 'pass', findings: [], covered: ['contracts/checkout.yaml'] })) };

function entryAt(sequence: number): StoredEntry {
  const id = `00000000-0000-7000-8000-${sequence.toString(16).padStart(12, '0')}`;
  const time = new Date(1_790_000_000_000 + sequence * 1_000).toISOString();
  let place = 0;
  const nonce = (): Uint8Array => {
    const bytes = Buffer.alloc(32, (place += 1));
    bytes.writeUInt32BE(sequence);
    return bytes;
  };
  const { leaf, openings } = sealEntry(aDraft({ subject: `pull-request:${sequence}`, payload }), { sequence, id, time, nonce });
  return { sequence, leaf, leafHash: leafHash(leaf), openings };
}
