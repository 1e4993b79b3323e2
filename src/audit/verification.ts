/** What can be wrong with a log. Names are stable. */
export type TamperReason =
  | 'sequence'
  | 'unparsable'
  | 'not_canonical'
  | 'leaf_changed'
  | 'account'
  | 'time'
  | 'commitment'
  | 'snapshot'
  | 'root'
  | 'tile'
  | 'checkpoint'
  | 'signature'
  | 'key_unknown'
  | 'key_replaced'
  | 'key_statement'
  | 'cut_tail'
  | 'trailing';

export interface Wrong {
  readonly reason: TamperReason;
  /** The first wrong entry; null when a checkpoint or a key is wrong, not an entry. */
  readonly sequence: number | null;
  /** Last entry among which the wrong one is: only a root tells that one of several was changed. */
  readonly through: number | null;
  readonly message: string;
}

/**
 * What verifying a log found out. `verified` means: entries 0 to `sealed` - 1 are what the newest verified checkpoint
 * commits to. Nothing is promised about the entries after those.
 */
export interface Verification {
  readonly outcome: 'verified' | 'tampered' | 'unchecked';
  readonly account: number;
  /** Entries read. */
  readonly entries: number;
  /** Entries covered by the newest verified checkpoint. */
  readonly sealed: number;
  /** Checkpoints whose signature and root were verified. */
  readonly checkpoints: number;
  /** Entries of which something was erased; what they commit to still stands. */
  readonly erased: number;
  /** Snapshots that hold what the entries that refer to them say. */
  readonly snapshots: number;
  /** Decisions of which all that was judged is there, and is what they commit to. */
  readonly inputs: number;
  readonly firstWrong: Wrong | null;
  /** In sentences: what this result does and does not prove. */
  readonly notes: readonly string[];
}
