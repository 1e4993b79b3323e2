import { readCheckpoint } from '../audit/checkpoint.ts';
import type { Checkpoint } from '../audit/checkpoint.ts';
import { LogReplay } from '../audit/log-replay.ts';
import { openNote } from '../audit/open-note.ts';
import { sameBytes } from '../audit/same-bytes.ts';
import { keysOfLog, trustedLogKeys } from '../audit/trusted-key.ts';
import { signingKeyIdOf } from '../audit/verifier-key.ts';
import type { Digest } from '../domain/digest.ts';
import { Failure } from '../domain/failure.ts';
import type { AuditReader, StoredCheckpoint } from './ports/audit-log.ts';
import { readEntries } from './read-audit-log.ts';

export interface LogTrust {
  readonly audit: AuditReader;
  /** Raw public keys that may have signed its checkpoints. */
  readonly publicKeys: readonly Uint8Array[];
}

export interface Confirmed {
  readonly replay: LogReplay;
  readonly checkpoint: Checkpoint | null;
  /** The key that signed the checkpoint. */
  readonly key: Digest | null;
}

/** Replays the log up to its newest checkpoint, which must be ours and agree. A log never signs what contradicts what it signed. */
export async function confirmNewest(trust: LogTrust, account: number, known: LogReplay | undefined): Promise<Confirmed> {
  const stored = await trust.audit.checkpoints(account, known?.size ?? 0);
  const newest = stored.toSorted((a, b) => a.size - b.size).at(-1);
  if (newest === undefined || newest.size < (known?.size ?? 0)) {
    if (known !== undefined && known.size > 0) throw tampered(account, `found no checkpoint at size ${known.size}, expected the one that was signed there`);
    return { replay: new LogReplay(account), checkpoint: null, key: null };
  }
  const { checkpoint, key } = checkpointOf(trust, account, newest);
  const replay = new LogReplay(account, known);
  await replayTo(trust.audit, replay, { account, size: newest.size });
  if (!sameBytes(replay.root(), checkpoint.root)) throw tampered(account, `its first ${newest.size} entries have another root than the checkpoint that was signed over them`);
  return { replay, checkpoint, key };
}

function checkpointOf(trust: LogTrust, account: number, stored: StoredCheckpoint): { readonly checkpoint: Checkpoint; readonly key: Digest | null } {
  const reading = readCheckpoint(stored.note);
  if (reading.kind === 'problem') throw tampered(account, `its checkpoint at size ${stored.size} is unreadable: ${reading.why}`);
  const { checkpoint, note } = reading;
  if (checkpoint.size !== stored.size || !checkpoint.origin.endsWith(`/${account}`)) throw tampered(account, `its checkpoint at size ${stored.size} says another size or account`);
  const keys = trustedLogKeys(trust.publicKeys);
  const opening = openNote(note, keysOfLog(checkpoint.origin, keys));
  if (opening.kind === 'signed') return { checkpoint, key: opening.by[0] === undefined ? null : signingKeyIdOf(opening.by[0].publicKey) };
  if (opening.reason === 'signature') throw tampered(account, `at its checkpoint at size ${stored.size} ${opening.why}`);
  throw new Failure('CONFIG_INVALID', `Cannot seal the log of account ${account}: its checkpoint at size ${stored.size} is not from the configured log key, ${opening.why}. If the key was rotated, set LOG_KEY_PREVIOUS to the previous public key.`);
}

/** Reads on to a size; returns the events met. */
export async function replayTo(audit: AuditReader, replay: LogReplay, { account, size }: { readonly account: number; readonly size: number }): Promise<readonly (string | null)[]> {
  const events: (string | null)[] = [];
  for await (const batch of readEntries(audit, account, { from: replay.size, to: size })) {
    for (const item of batch) {
      const accepted = replay.accept(item);
      if (accepted.kind === 'wrong') throw tampered(account, accepted.wrong.message);
      events.push(accepted.entry?.event ?? null);
    }
  }
  if (replay.size < size) throw tampered(account, `found ${replay.size} entries, expected ${size}`);
  return events;
}

/**
 * A log that no checkpoint covers was never sealed, so it can not tell of one. Read anew: another replica may have sealed it meanwhile.
 * @throws Failure AUDIT_TAMPERED
 */
export async function refuseLostCheckpoints(audit: AuditReader, account: number, { checkpoint, events }: Pick<Confirmed, 'checkpoint'> & { readonly events: readonly (string | null)[] }): Promise<void> {
  if (checkpoint !== null || !events.includes('checkpoint.sealed') || (await audit.checkpoints(account)).length > 0) return;
  throw tampered(account, 'its entries tell of a checkpoint, the store has none: all of them were taken away');
}

/** Whoever takes entries and checkpoints away leaves a log that agrees with itself, and that would be signed again. @throws Failure AUDIT_TAMPERED */
export function refuseCutLog(account: number, sealed: number, known: number): void {
  if (sealed < known) throw tampered(account, `its newest checkpoint is over ${sealed} entries, expected at least the ${known} that were sealed when it was verified or anchored last: the log was cut back`);
}

export function tampered(account: number, why: string): Failure {
  return new Failure('AUDIT_TAMPERED', `Cannot seal the log of account ${account}: ${why.replace(/\.$/, '')}. Appending is blocked; verify it with plumbline audit verify.`);
}
