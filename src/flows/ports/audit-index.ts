import type { StoredEntry } from './audit-log.ts';

/**
 * Finding entries and proving them without reading a log. What stands here follows from the leaves and proves nothing: whoever uses it
 * MUST check topics against the leaves, and hashes against a root that was signed.
 */
export interface AuditIndex {
  /** Sequences of the entries that have one of these topics (`topicsOf`), ascending; not more than `limit` of them. */
  about(account: number, topics: readonly string[], limit: number): Promise<readonly number[]>;
  /** Sequence of the first entry that is not before an instant; the size of the log where all are. Times of a log never go back. */
  since(account: number, instant: Date): Promise<number>;
  /** What was called so last (`owner/name`, in whatever case), as it was written then. */
  repositoryNamed(account: number, name: string): Promise<{ readonly id: number; readonly name: string } | null>;
  /** Those that are there, ascending, with all that opens them. Ask for few. */
  entriesAt(account: number, sequences: readonly number[]): Promise<readonly StoredEntry[]>;
  /** Leaf hashes from a sequence on, in order; perhaps fewer than asked for, none only at the end. */
  leafHashes(account: number, from: number, limit: number): Promise<readonly Uint8Array[]>;
  /** Roots over 256 leaves each, in order, from a 0-based tile on; perhaps fewer than asked for, none only at the end. */
  tileRoots(account: number, from: number, limit: number): Promise<readonly Uint8Array[]>;
}
