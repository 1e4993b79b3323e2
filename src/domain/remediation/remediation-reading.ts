import type { Sha } from '../tree.ts';
import type { BranchNow } from './remediation-state.ts';

/** What is asked of GitHub before a step. */
export interface RemediationQuestion {
  readonly baseBranch: string;
  /** Branches whose pull requests are wanted, in whatever state. */
  readonly heads: readonly string[];
  /** Pull requests that are wanted by their number. */
  readonly numbers: readonly number[];
}

/** GitHub as one read showed it, whole: what could not be read whole was thrown. */
export interface RemediationReading {
  /** Tip of the base branch; null when there is none of its name. */
  readonly base: Sha | null;
  /** Whether the repository lets pull requests merge by themselves. */
  readonly mergesByItself: boolean;
  /** All that begin with `plumbline`, in whatever case. */
  readonly branches: readonly BranchNow[];
  /** What was asked for, and all open ones that our App opened or that come from such a branch; each once. */
  readonly pullRequests: readonly SeenPullRequest[];
}

/** A pull request as GitHub shows it. All texts are hostile. */
export interface SeenPullRequest {
  readonly number: number;
  readonly url: string;
  readonly openedByUs: boolean;
  readonly fromFork: boolean;
  readonly branch: string;
  readonly baseBranch: string;
  readonly head: Sha;
  /** Null for none. */
  readonly body: string | null;
  readonly state:
    | { readonly kind: 'open'; readonly mergesBy: 'merge_queue' | 'auto_merge' | null; readonly conflicts: boolean | null }
    | { readonly kind: 'closed'; readonly at: string; readonly by: 'human' | 'us' | 'unknown' }
    | { readonly kind: 'merged'; readonly at: string };
}
