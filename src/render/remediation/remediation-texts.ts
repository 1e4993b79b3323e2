import type { KeptDrift } from '../../domain/drift/scanned-behavior.ts';
import type { RemediationPlan } from '../../domain/remediation/behavior-drift.ts';

/** What the text of a pull request is about. Names, paths and sentences come from the repository or a source: hostile. */
export interface RemediationFacts {
  readonly behavior: string;
  readonly baseBranch: string;
  /** What was measured; null when it is not known any more. */
  readonly drift: KeptDrift | null;
  readonly plan: RemediationPlan;
  /** `by_itself`: GitHub merges it once everything required is green. `not_armed`: it was meant to, and that is not switched on. */
  readonly merging: 'by_person' | 'by_itself' | 'not_armed';
  /** Milliseconds after the merge in which the drift may still be there. */
  readonly verificationWindow: number;
  readonly generation: number;
  /** Number of the pull request before it; null for none. */
  readonly follows: number | null;
  /** Numbers of open pull requests for another drift of the same target, which it takes the place of. */
  readonly supersedes: readonly number[];
}

/** What our one comment on a pull request says. */
export type RemediationNote =
  | { readonly kind: 'frozen'; readonly behavior: string; readonly head: string }
  | { readonly kind: 'closed'; readonly why: 'clean' | 'gone' }
  | { readonly kind: 'closed'; readonly why: 'superseded' | 'duplicate'; readonly by: number };

/** What an issue is about. */
export interface DriftIssueFacts extends Pick<RemediationFacts, 'behavior' | 'drift' | 'plan'> {
  /** The pull request that brings what can be written; null for none. */
  readonly pullRequest: string | null;
}

/** How remediations are told. */
export interface RemediationTexts {
  pullRequest(facts: RemediationFacts): { readonly title: string; readonly text: string };
  commitMessage(facts: Pick<RemediationFacts, 'behavior' | 'plan'>): string;
  note(note: RemediationNote): string;
  /** Null where the plan has nothing for an issue to say. */
  issue(facts: DriftIssueFacts): { readonly title: string; readonly text: string } | null;
  /** What is said when an issue is closed. */
  issueNote(note: IssueNote): string;
}

/** `other`: the behaviour drifts in another way now; its own pull request or issue is named. */
export type IssueNote = { readonly why: 'clean' | 'gone' } | { readonly why: 'other'; readonly by: number };
