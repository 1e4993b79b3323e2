import { readCheckpoint } from '../audit/checkpoint.ts';
import type { Checkpoint } from '../audit/checkpoint.ts';
import { openNote } from '../audit/open-note.ts';
import { keysOfLog } from '../audit/trusted-key.ts';
import { Failure } from '../domain/failure.ts';
import type { AuditReader, StoredCheckpoint } from './ports/audit-log.ts';

export interface CoveringCheckpoint {
  readonly note: string;
  readonly checkpoint: Checkpoint;
}

/** The first checkpoint that covers an entry and that one of these raw public keys has signed; null where there is none yet. @throws Failure AUDIT_TAMPERED for one that can not be read. */
export async function coveringCheckpoint(audit: Pick<AuditReader, 'checkpoints'>, account: number, { entry, publicKeys }: { readonly entry: number; readonly publicKeys: readonly Uint8Array[] }): Promise<CoveringCheckpoint | null> {
  for (let from = entry + 1; ; ) {
    const page = await audit.checkpoints(account, from, pageSize);
    const found = signedIn(account, page, publicKeys);
    const last = page.at(-1);
    if (found !== null || last === undefined) return found;
    from = last.size + 1;
  }
}

function signedIn(account: number, page: readonly StoredCheckpoint[], publicKeys: readonly Uint8Array[]): CoveringCheckpoint | null {
  for (const { note } of page) {
    const reading = readCheckpoint(note);
    if (reading.kind === 'problem') throw new Failure('AUDIT_TAMPERED', `Cannot use a checkpoint of account ${account}: ${reading.why}. Verify the store with plumbline audit verify.`);
    const { checkpoint } = reading;
    const keys = keysOfLog(checkpoint.origin, publicKeys.map((publicKey) => ({ kind: 'bare', publicKey })));
    if (openNote(reading.note, keys).kind === 'signed') return { note, checkpoint };
  }
  return null;
}

/** A log of years has hundreds of thousands. */
const pageSize = 20;
