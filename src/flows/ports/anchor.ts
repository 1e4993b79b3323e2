import type { Failure } from '../../domain/failure.ts';

/** What a signed note says about the log: an earlier state of it, the same, a later one, or one that it never had. */
export type Judgement =
  | { readonly kind: 'earlier' | 'same' | 'later' }
  | { readonly kind: 'contradiction'; readonly why: string }
  /** It is an earlier state than the newest that we remember to have anchored there: what stood there was taken away. */
  | { readonly kind: 'taken-back'; readonly why: string }
  /** It is no checkpoint of this log that our key signed: nothing follows from it. */
  | { readonly kind: 'unusable'; readonly why: string };

export interface CheckpointToAnchor {
  readonly account: number;
  readonly size: number;
  /** The signed note. */
  readonly note: string;
  /** The newest size that we remember to have anchored there; 0: none. */
  readonly known: number;
  /** The proof that this checkpoint extends the tree of an earlier size; empty from 0 and from its own size. */
  consistencyFrom(size: number): Promise<readonly Uint8Array[]>;
  /** What a note that stands at the anchor says about the log. */
  judge(note: string): Promise<Judgement>;
}

export type AnchorAnswer =
  /** It stands there, or a later one does. */
  | { readonly kind: 'anchored'; readonly cosignature: string | null }
  /** What stands there is signed with our key and convicts the log. */
  | { readonly kind: 'contradiction'; readonly why: string }
  | { readonly kind: 'failed'; readonly failure: Failure };

/** A place for checkpoints that the server can not take back. */
export interface Anchor {
  /** Stable: what was anchored is remembered under it. */
  readonly name: string;
  /** Milliseconds between two checkpoints of one log there; 0: each of them. */
  readonly everyMs: number;
  /**
   * Publishes one checkpoint for each of some logs. MUST be safe to repeat after any interruption: what stands there already is adopted,
   * never written twice and never over something else. Answers by account; one that it leaves out counts as failed. Throws when all failed.
   */
  publish(checkpoints: readonly CheckpointToAnchor[]): Promise<ReadonlyMap<number, AnchorAnswer>>;
}
