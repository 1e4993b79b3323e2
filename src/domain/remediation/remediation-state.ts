import type { Digest } from '../digest.ts';
import type { Sha } from '../tree.ts';
import type { Fingerprint } from './fingerprint.ts';
import type { TrailerReading } from './read-trailer.ts';

/** Everything that is read before a step. */
export const readNames = ['pull_requests_by_head', 'pull_requests_by_trailer', 'branches', 'base', 'drift', 'records'] as const;

export type ReadName = (typeof readNames)[number];

/** `partial`: a page, or a part of the answer, is missing. */
export type ReadOutcome = 'complete' | 'partial' | 'failed';

/** What is known of one fingerprint on one repository and base branch when its next step is chosen. Instants are ISO 8601. */
export interface RemediationState {
  /** A name that is missing was not read. */
  readonly reads: { readonly [Name in ReadName]?: ReadOutcome };
  readonly now: string;
  readonly fingerprint: Fingerprint;
  /** What drifted. Hostile text. */
  readonly target: string;
  /** The branch that it was opened for. */
  readonly baseBranch: string;
  /** The branch that is measured now: another one where the default branch is another by now. GitHub retargets to it when that is renamed. */
  readonly measuredBranch: string;
  readonly drift: DriftNow;
  /** Found by head and by trailer, in any state, whoever opened them; each once. */
  readonly pullRequests: readonly RemediationPullRequest[];
  /** All that begin with `plumbline`, in whatever case. */
  readonly branches: readonly BranchNow[];
  /** Written ahead of what they intend, and kept. */
  readonly intents: readonly Intent[];
  /** Written ahead of each append, until it is known that it arrived. */
  readonly pending: readonly PendingCommit[];
  /** The same drift on branches that were the default one before it: another fingerprint each, and the same thing to people. */
  readonly formerBases: readonly FormerBase[];
  /** `report` proposes nothing. `auto` arms auto-merge. `issue`: what mends it is no file of ours to write, an issue says it. */
  readonly mode: RemediationMode | 'issue';
  /** Why nothing may be opened now. */
  readonly heldBy: readonly Hold[];
  readonly decisions: ClosingDecisions;
  /** Whether the behaviour came to drift and ceased to three times or more within a week: nothing is opened for it by itself. */
  readonly isFlapping: boolean;
  /** Milliseconds after a merge in which a drift may still be there. */
  readonly verificationWindow: number;
}

/** What is known of the same drift on a branch that is not measured any more. */
export type FormerBase = Pick<RemediationState, 'fingerprint' | 'baseBranch' | 'pullRequests' | 'intents' | 'pending' | 'decisions'>;

export type RemediationMode = 'report' | 'propose' | 'auto';

/** `same_files`: a remediation of another behaviour is open, or about to be, and writes a file that this one has not open yet, or nobody knows what it writes; or one of the same drift, onto a former base, that is not ours to close. */
export type Hold = 'limit' | 'pause' | 'blast_radius' | 'same_files';

/** `confirmations`: measurements in a row that said so, this one included. */
export type DriftNow =
  | { readonly kind: 'pass'; readonly confirmations: number }
  | {
      readonly kind: 'drift';
      readonly confirmations: number;
      /** Another than the state's: what is there now is another drift of the same target. */
      readonly fingerprint: Fingerprint;
      /** Digest of the files that mend it, as they are wanted now. */
      readonly plan: Digest;
      /** The tip of the base for which the plan was made. */
      readonly base: Sha;
      /** The one open pull request of ours for that fingerprint, where it is another, or the open issue where there is none; null for none. */
      readonly successor: number | null;
    }
  /** The branch that is measured has no such behaviour any more. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'inconclusive' | 'error' };

/** A pull request as GitHub shows it, with what our own record says of it. */
export interface RemediationPullRequest {
  readonly number: number;
  readonly url: string;
  /** By the id of our App. */
  readonly openedByUs: boolean;
  readonly fromFork: boolean;
  readonly branch: string;
  readonly baseBranch: string;
  readonly head: Sha;
  readonly trailer: TrailerReading;
  readonly state: PullRequestState;
  /** Null when our record does not know it: the answer to its creation was lost. */
  readonly recorded: RecordedHead | null;
  /** The head for which the comment about a frozen pull request was written. */
  readonly toldHead: Sha | null;
  /** The head to which somebody who may let us append. */
  readonly takenOverAt: Sha | null;
}

/** What we pushed last. */
export interface RecordedHead {
  readonly head: Sha;
  readonly plan: Digest;
  /** Whether commits of others stand below it, appended to after a take-over. */
  readonly holdsOthersCommits: boolean;
}

export type PullRequestState =
  /** `conflicts: null`: GitHub does not know yet. */
  | { readonly kind: 'open'; readonly mergesBy: 'merge_queue' | 'auto_merge' | null; readonly conflicts: boolean | null }
  /** `why`: what our record says of a close of ours; null where it says nothing. */
  | { readonly kind: 'closed'; readonly at: string; readonly by: 'human' | 'us' | 'unknown'; readonly why: 'clean' | 'gone' | 'superseded' | 'duplicate' | null; readonly canReopen: boolean }
  /** `told`: the log says that it was merged. `verified`: the drift was seen gone after it. */
  | { readonly kind: 'merged'; readonly at: string; readonly told: boolean; readonly verified: boolean };

export interface BranchNow {
  readonly name: string;
  readonly tip: Sha;
}

/** That we meant to create the branch of a generation, and from which commit. Written once: who creates it later takes the same commit. */
export interface Intent {
  readonly generation: number;
  /** Null until the commit was made; a branch is created only after it was recorded. */
  readonly head: Sha | null;
  readonly plan: Digest;
}

/** A commit that we meant to append to a branch: whether it arrived the branch tells. */
export interface PendingCommit {
  readonly branch: string;
  readonly head: Sha;
  readonly plan: Digest;
  /** Whether commits of others stand below it. */
  readonly onOthersCommits: boolean;
}

/** What was made of pull requests that others closed. */
export interface ClosingDecisions {
  /** Numbers of those whose closing is on record as a decision. */
  readonly recorded: readonly number[];
  /** When somebody last took such decisions back with `/plumbline unsuppress`. */
  readonly unsuppressedAt: string | null;
}
