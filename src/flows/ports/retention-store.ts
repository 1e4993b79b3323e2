import type { Snapshot } from '../../audit/snapshot.ts';
import type { Digest } from '../../domain/digest.ts';
import type { StoredEntry } from './audit-log.ts';

/** What keeps entries from being erased, whatever their age and whoever asks. */
export interface LegalHold {
  /** Sequence of the entry that says so. */
  readonly id: number;
  /** Null: entries of all repositories, and those of none. */
  readonly repository: { readonly id: number; readonly name: string } | null;
  /** Entries from then on; null: from the first. */
  readonly from: Date | null;
  /** Entries before then; null: all that come, too. */
  readonly to: Date | null;
  readonly by: string;
  readonly reason: string;
  readonly placedAt: Date;
}

export type AskedEntries =
  /** Of these events, of which something can still be opened. */
  | { readonly kind: 'events'; readonly events: readonly string[]; readonly before: Date }
  /** Whose actor it is, as `user:<login>`, in whatever case. */
  | { readonly kind: 'actor'; readonly actor: string }
  /** In which a login stands as a word, in whatever case, in what can still be opened. This reads all of that. */
  | { readonly kind: 'naming'; readonly login: string }
  /** These, whether or not something of them can be opened. */
  | { readonly kind: 'sequences'; readonly sequences: readonly number[] };

/** An entry of whose decision what was judged is kept. */
export interface JudgedEntry {
  readonly sequence: number;
  /** Of the document that names the parts. */
  readonly digest: Digest;
}

/** Some of what was asked for, perhaps none: no call reads a whole log. */
export interface EntryPage {
  readonly entries: readonly StoredEntry[];
  /** Where to go on; null: there is no more. */
  readonly next: number | null;
}

/** Erasing what stands beside an account's log. Leaves, and so proofs, are never touched. All of it is safe to repeat. */
export interface RetentionStore {
  /** MUST be taken before anything below: retention, erasure and holds of an account come one after the other, on every replica. Held to the end of the transaction. */
  lockRetention(account: number): Promise<void>;
  /** Ascending, from a sequence on; with what opens actor and rationale, without payloads. */
  askedEntries(account: number, asked: AskedEntries, page: { readonly from: number; readonly limit: number }): Promise<EntryPage>;
  /** Ascending; with payloads. Ask for few. */
  wholeEntries(account: number, sequences: readonly number[]): Promise<readonly StoredEntry[]>;
  /** Removes bytes and nonces of these entries, and the account's kept bundles, which may hold them. MUST be found by nothing of it afterwards. */
  eraseOpenings(account: number, sequences: readonly number[]): Promise<void>;
  /** Leaves of these decisions what they came to, and nothing that is told in words. */
  eraseDecisions(account: number, ids: readonly string[]): Promise<void>;
  /** Takes the reasons from what people said; that they said it counts as before. */
  eraseReasons(repositoryId: number, sources: readonly string[]): Promise<void>;
  /** Takes the title from a pull request that is not open. */
  eraseTitle(repositoryId: number, number: number): Promise<void>;
  /** Ascending, from a sequence on; with `before` only those that were appended before. */
  judgedEntries(account: number, page: { readonly from: number; readonly before: Date | null; readonly limit: number }): Promise<readonly JudgedEntry[]>;
  /** Those of these entries of whose decisions something is kept, ascending. */
  judgedAt(account: number, sequences: readonly number[]): Promise<readonly JudgedEntry[]>;
  /** Those of these parts that are there. Ask for few: each may have a mebibyte. */
  keptInputs(account: number, digests: readonly Digest[]): Promise<readonly Snapshot[]>;
  /** Removes these parts, that something of these entries is kept, and the account's kept bundles. The caller MUST have made sure that no other entry needs a part. */
  eraseInputs(account: number, sequences: readonly number[], parts: readonly Digest[]): Promise<void>;
  /** Whether an entry from this sequence on tells of an erasure, by age or by request. */
  hasErasedSince(account: number, sequence: number): Promise<boolean>;
  /** Entries that place or release a hold, ascending; with all that opens them. */
  holdEntries(account: number): Promise<readonly StoredEntry[]>;
  /** By their ids. */
  holds(account: number): Promise<readonly LegalHold[]>;
  keepHold(account: number, hold: LegalHold): Promise<void>;
  dropHold(account: number, id: number): Promise<void>;
}
