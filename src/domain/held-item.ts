import type { Digest } from './digest.ts';

/** Whose yes is asked: those of a tier, or at the root whoever governs the account. */
export type ApproverGroup = 'tier2' | 'tier3' | 'root';

/** Whose word releases or rejects something: a group's, or the admins' beside tier 3's, for what mends or begins a configuration. */
export type Electors = ApproverGroup | 'admins';

/** Something of a decision that people may release, whether or not they did. */
export interface HeldItem {
  /** What a command names: a finding code, or an action. */
  readonly scope: string;
  /** Tells it from others of its scope: the action's name, or the finding's path. */
  readonly name: string;
  /** What an approval of it is bound to. */
  readonly binding: Digest;
  readonly from: ApproverGroup;
  /** People needed. */
  readonly count: number;
  /** Logins whose yes counts now. */
  readonly approvedBy: readonly string[];
  /** Whether it waits for people: `approve all` means these, and what whoever says it rejected. */
  readonly waits: boolean;
}

/** An item before it is decided: it waits as long as one of these findings holds the decision. */
export interface HeldCandidate extends Omit<HeldItem, 'waits'> {
  /** `keyOfFinding` of each. */
  readonly ends: readonly string[];
}
