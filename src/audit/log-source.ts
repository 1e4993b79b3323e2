import type { Opening } from './entry.ts';
import type { Snapshot } from './snapshot.ts';
import type { Wrong } from './verification.ts';

/** What a log says about itself; nothing of it is believed before it is verified. */
export interface LogHeader {
  readonly account: number;
  /** How many entries follow. */
  readonly size: number;
  /** Signed notes, ascending by size. */
  readonly checkpoints: readonly string[];
  /** Verifier keys of the log, as text. */
  readonly keys: readonly string[];
}

export interface EntryItem {
  readonly kind: 'entry';
  readonly sequence: number;
  readonly leaf: string;
  /** As recorded when the entry was appended; null when it was not recorded. */
  readonly leafHash: Uint8Array | null;
  readonly openings: readonly Opening[];
}

export interface UnreadableItem {
  readonly kind: 'unreadable';
  readonly why: string;
}

/** Stands before the first entry that refers to it, and nowhere else. */
export interface SnapshotItem extends Snapshot {
  readonly kind: 'snapshot';
}

/** Something that is no entry is not what the entries before it say. */
export interface WrongItem {
  readonly kind: 'wrong';
  readonly wrong: Wrong;
}

export type LogItem = EntryItem | SnapshotItem | UnreadableItem | WrongItem;

/** A log to verify, from a store or from an export. Snapshots are only asked for where they are checked: a source for another use may have none. Batches, because one promise per entry costs more than its hashes. */
export interface LogSource {
  readonly header: LogHeader;
  /** It has neither what opens commitments nor snapshots, as tiles do not; left out: it has them. */
  readonly leavesAlone?: boolean;
  readonly batches: AsyncIterable<readonly LogItem[]>;
}
