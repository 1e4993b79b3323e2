import type { Digest } from '../digest.ts';
import type { Sha } from '../tree.ts';
import type { Fingerprint } from './fingerprint.ts';
import type { RemediationEvent } from './remediation-event.ts';
import type { Hold, RemediationMode } from './remediation-state.ts';

/** A row of the decision table; null: none speaks of such a state. */
export type Row = 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 | 10 | 11 | 12 | 13 | 14 | 15 | 16 | null;

/** When to look again. `reads`: with jitter. `confirmation`: after `confirmAfter`. `person`: when somebody did something. */
export type Again = { readonly kind: 'reads' | 'dequeue' | 'confirmation' | 'scan' | 'successor' | 'person' } | { readonly kind: 'at'; readonly instant: string };

/** A branch that is written only while its tip is this commit. */
export interface BranchAt {
  readonly branch: string;
  readonly tip: Sha;
}

/** A pull request that is closed only while its head is the commit that we recorded. */
export interface Closing extends BranchAt {
  readonly number: number;
}

/** What a pull request that is opened, or opened again, comes with. */
export interface Opening {
  readonly generation: number;
  readonly branch: string;
  readonly plan: Digest;
  readonly base: Sha;
  readonly mode: Exclude<RemediationMode, 'report'>;
  /** The pull request before it that its text links. */
  readonly follows: number | null;
}

/**
 * What is done. Whatever writes to GitHub has its intent recorded first, and compares what it changes with what is named here; where
 * that does not hold any more nothing is written and everything is read again.
 */
export type Step =
  | { readonly kind: 'nothing'; readonly again: Again }
  /** Comment, then close; the branch stays. `left`: open ones that are not ours alone to close. */
  | { readonly kind: 'close_duplicates'; readonly keep: number; readonly close: readonly Closing[]; readonly left: readonly number[] }
  /** One comment, edited in place. */
  | { readonly kind: 'freeze'; readonly number: number; readonly head: Sha }
  /** Writes our record. `mayArm`: where it was opened to merge by itself, that is still so, and is done now. */
  | { readonly kind: 'adopt'; readonly number: number; readonly generation: number; readonly head: Sha; readonly mayArm: boolean }
  /** `merge`: the parents are the tip and the base, the tree is the base's with the fix. `number: null`: no pull request is open yet. */
  | { readonly kind: 'append'; readonly number: number | null; readonly onto: BranchAt; readonly as: 'commit' | 'merge'; readonly plan: Digest; readonly base: Sha; readonly onOthersCommits: boolean }
  /** The text tells of the head as it is now; what a person wrote stays. */
  | { readonly kind: 'retell'; readonly number: number; readonly generation: number; readonly head: Sha; readonly plan: Digest; readonly base: Sha; readonly follows: number | null }
  /** Link both, then close and delete the branch. */
  | { readonly kind: 'supersede'; readonly closing: Closing; readonly by: number }
  /** Comment, close, then delete the branch. */
  | { readonly kind: 'close'; readonly closing: Closing; readonly why: 'clean' | 'gone' }
  /** The rest of a close that was interrupted. */
  | { readonly kind: 'delete_branch'; readonly at: BranchAt }
  /** Writes our record alone. */
  | { readonly kind: 'suppress'; readonly number: number; readonly until: string; readonly alerts: boolean }
  /** `restores`: the branch has to be created again at its tip, which must not exist. */
  | { readonly kind: 'reopen'; readonly number: number; readonly at: BranchAt; readonly restores: boolean }
  /** Tree, commit, branch (which must not exist), pull request, then verify by reading. */
  | { readonly kind: 'create'; readonly opening: Opening }
  /** The branch is there at this commit. */
  | { readonly kind: 'create_pull_request'; readonly opening: Opening; readonly at: BranchAt }
  /** Writes our record alone: the drift is gone since this one was merged. */
  | { readonly kind: 'verify'; readonly number: number }
  /** Writes our record alone: it was merged, whatever comes of it. */
  | { readonly kind: 'tell_merge'; readonly number: number }
  /** An entry in the digest issue. */
  | { readonly kind: 'digest'; readonly again: Again }
  /** Tells people. `named`: branches or pull requests it is about. */
  | { readonly kind: 'alert'; readonly named: readonly string[] };

/** Why, as a stable word of the audit log. */
export type Reason =
  | 'unread' | 'reads_disagree' | 'duplicates' | 'queued' | 'touched' | 'taken_over' | 'recovered' | 'same_content' | 'content_changed' | 'text_outdated' | 'conflict' | 'drift_changed' | 'drift_gone' | 'behavior_gone' | 'missing_evidence'
  | 'closed_by_human' | 'closed_by_unknown' | 'drift_back' | 'flapping' | 'merged' | 'verifying' | 'verified' | 'ineffective' | 'ineffective_twice' | 'ineffective_last' | 'foreign_branch' | 'foreign_pull_request' | 'branch_in_the_way'
  | 'too_many_generations' | 'drift_confirmed' | 'unconfirmed' | 'no_drift' | 'other_drift' | 'report_only' | 'issue_only' | 'rolled_back' | 'unsuppressed' | Hold;

export interface NextStep {
  readonly row: Row;
  readonly step: Step;
  readonly reason: Reason;
  /** What the audit log says when the step was performed. Before a write it says `remediation.intent`. */
  readonly event: RemediationEvent;
  readonly fingerprint: Fingerprint;
  /** URL of the pull request that it is about. */
  readonly pullRequest: string | null;
}
