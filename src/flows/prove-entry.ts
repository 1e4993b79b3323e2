import type { InclusionProof } from '../audit/log-proof.ts';
import { leafHash } from '../audit/merkle-hash.ts';
import { keysOfLog } from '../audit/trusted-key.ts';
import { formatVerifierKey } from '../audit/verifier-key.ts';
import { coveringCheckpoint } from './covering-checkpoint.ts';
import type { AuditIndex } from './ports/audit-index.ts';
import type { AuditReader, StoredEntry } from './ports/audit-log.ts';
import { readStoredTree } from './stored-tree.ts';

export interface ProveEntryPorts {
  readonly audit: Pick<AuditReader, 'checkpoints'>;
  readonly index: AuditIndex;
  /** Raw public keys that may have signed the log. */
  readonly publicKeys: readonly Uint8Array[];
}

/** Proves that an entry stands in the log, by kept hashes, against the first checkpoint that covers it; null where none does yet. @throws Failure AUDIT_TAMPERED where it does not stand there. */
export async function proveEntry({ audit, index, publicKeys }: ProveEntryPorts, account: number, { sequence, leaf }: StoredEntry): Promise<InclusionProof | null> {
  const covering = await coveringCheckpoint(audit, account, { entry: sequence, publicKeys });
  if (covering === null) return null;
  const { note, checkpoint } = covering;
  const tree = await readStoredTree(index, account, checkpoint);
  const path = await tree.inclusionProof(sequence, leafHash(leaf));
  const keys = keysOfLog(checkpoint.origin, publicKeys.map((publicKey) => ({ kind: 'bare', publicKey }))).map(formatVerifierKey);
  return { kind: 'inclusion', index: sequence, leaf: new TextDecoder().decode(leaf), path, checkpoint: note, keys };
}
