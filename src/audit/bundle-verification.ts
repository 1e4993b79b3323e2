import type { Digest } from '../domain/digest.ts';
import type { TamperReason } from './verification.ts';

/** What is looked at, in this order; names are stable. */
export type BundleCheckName = 'form' | 'checkpoint' | 'entries' | 'snapshots' | 'inputs' | 'policies' | 'question' | 'envelope' | 'kept';

export interface BundleCheck {
  readonly name: BundleCheckName;
  readonly outcome: 'verified' | 'tampered' | 'unchecked';
  /** In a sentence: what was found out. */
  readonly message: string;
}

export interface BundleWrong {
  readonly check: BundleCheckName;
  /** `proof`: the checkpoint does not commit to the entry. `question`: the bundle has what it was not asked for, or lacks some. */
  readonly reason: TamperReason | 'proof' | 'policy' | 'question' | 'id';
  /** The entry; null when something else is wrong. */
  readonly sequence: number | null;
  readonly message: string;
}

/** What verifying a bundle found out: whether its entries stand in a log as they are, not that none was left out. */
export interface BundleVerification {
  readonly outcome: 'verified' | 'tampered' | 'unchecked';
  readonly verified: boolean;
  /** Null when it can not be read. */
  readonly bundle: Digest | null;
  readonly account: number | null;
  readonly entries: number;
  /** Entries of which something was erased; what they commit to still stands. */
  readonly erased: number;
  readonly snapshots: number;
  /** Decisions of which all that was judged is there. */
  readonly inputs: number;
  readonly checks: readonly BundleCheck[];
  readonly firstWrong: BundleWrong | null;
  /** In sentences: what this result does and does not prove. */
  readonly notes: readonly string[];
}
