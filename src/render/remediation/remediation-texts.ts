import type { RemediationPlan } from '../../domain/remediation/behavior-drift.ts';

/** What the text of a pull request is about. Names, paths and sentences come from the repository: hostile. */
export interface RemediationFacts {
  readonly behavior: string;
  readonly target: string;
  /** What drifted, in a sentence; null when it is not known any more. */
  readonly summary: string | null;
  readonly plan: Pick<RemediationPlan, 'playbook' | 'files'>;
  readonly generation: number;
  /** Number of the pull request before it; null for none. */
  readonly follows: number | null;
  /** Numbers of open pull requests for another drift of the same target, which it takes the place of. */
  readonly supersedes: readonly number[];
}

/** What our one comment says. */
export type RemediationNote =
  | { readonly kind: 'frozen'; readonly behavior: string; readonly head: string }
  | { readonly kind: 'closed'; readonly why: 'clean' }
  | { readonly kind: 'closed'; readonly why: 'superseded' | 'duplicate'; readonly by: number };

/** How remediations are told. */
export interface RemediationTexts {
  pullRequest(facts: RemediationFacts): { readonly title: string; readonly text: string };
  commitMessage(facts: Pick<RemediationFacts, 'behavior' | 'target' | 'plan'>): string;
  note(note: RemediationNote): string;
}
