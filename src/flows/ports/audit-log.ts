import type { Opening } from '../../audit/entry.ts';
import type { Snapshot } from '../../audit/snapshot.ts';
import type { Digest } from '../../domain/digest.ts';

/** One entry as kept: the leaf bytes of the tree and what opens its commitments (erased ones are missing). */
export interface StoredEntry {
  readonly sequence: number;
  readonly leaf: Uint8Array;
  /** The RFC 6962 leaf hash as recorded when it was appended; lets a changed leaf be named exactly. */
  readonly leafHash?: Uint8Array;
  readonly openings: readonly Opening[];
}

/** A sealed commitment to an account's log at a size. */
export interface StoredCheckpoint {
  readonly size: number;
  /** The C2SP signed note, byte for byte; behind its own signature those of the witnesses that have cosigned it since. */
  readonly note: string;
  readonly sealedAt: Date;
}

/** Reading the logs of accounts. */
export interface AuditReader {
  accounts(): Promise<readonly number[]>;
  size(account: number): Promise<number>;
  /** Entries from a 0-based sequence on, in order, without a gap; perhaps fewer than asked for, none only at the end. */
  entries(account: number, from: number, limit: number): Promise<readonly StoredEntry[]>;
  /** Ascending by size; with `from` only those of at least that size, with `limit` perhaps not more of them than so many. */
  checkpoints(account: number, from?: number, limit?: number): Promise<readonly StoredCheckpoint[]>;
  /** Those of the named snapshots that are there, in any order. Ask for few: each may have a mebibyte. */
  snapshots(account: number, digests: readonly Digest[]): Promise<readonly Snapshot[]>;
  /** Why appending is blocked; null when it is not. */
  blocked(account: number): Promise<string | null>;
}

/** Reading an account's log and blocking it. Appending and sealing are part of a transaction. */
export interface AuditLog extends AuditReader {
  /** From now on every append to the account MUST throw AUDIT_BLOCKED, on every replica and after a restart, until `unblock`. */
  block(account: number, why: string): Promise<void>;
}

/** Signs checkpoints with the log key. */
export interface LogSigner {
  /** Host of the server's public URL. In signed notes the key is named as the log: `<name>/<account id>`. */
  readonly name: string;
  /** Raw Ed25519 public key, 32 bytes. */
  readonly publicKey: Uint8Array;
  sign(message: Uint8Array): Promise<Uint8Array>;
}
