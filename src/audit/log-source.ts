import type { Opening } from './entry.ts';

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

export type LogItem =
  | {
      readonly kind: 'entry';
      readonly sequence: number;
      readonly leaf: string;
      /** As recorded when the entry was appended; null when it was not recorded. */
      readonly leafHash: Uint8Array | null;
      readonly openings: readonly Opening[];
    }
  | { readonly kind: 'unreadable'; readonly why: string };

/** A log to verify, from a store or from an export. Batches, because one promise per entry costs more than its hashes. */
export interface LogSource {
  readonly header: LogHeader;
  readonly batches: AsyncIterable<readonly LogItem[]>;
}
