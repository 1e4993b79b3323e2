import type { Digest } from '../digest.ts';
import type { RepositoryRef } from '../repository.ts';
import type { Sha } from '../tree.ts';
import type { Fingerprint } from './fingerprint.ts';
import type { Intent, RecordedHead, RemediationMode } from './remediation-state.ts';
import type { Reason, Row } from './step.ts';

/** Names one remediation in the store. */
export interface RemediationKey {
  readonly repositoryId: number;
  readonly fingerprint: Fingerprint;
}

/** One drift that was looked at, as it was first seen. */
export interface RemediationRecord {
  readonly repository: RepositoryRef;
  readonly fingerprint: Fingerprint;
  /** Name of the behaviour that drifted. */
  readonly behavior: string;
  /** What drifted. Hostile text. */
  readonly target: string;
  readonly baseBranch: string;
  readonly at: string;
}

/** What was last said of a remediation. Said again it is no news. */
export interface LastSaid {
  readonly row: Row;
  readonly reason: Reason | 'refused';
  /** URL of the pull request that it is about; null for none. */
  readonly pullRequest: string | null;
  /** What makes it another word all the same: a head, a refusal. */
  readonly about: string;
}

/** A remediation, and what was last said of it; null when nothing was. */
export interface SaidRemediation extends RemediationRecord {
  readonly said: LastSaid | null;
}

/** An intent, with what a pull request from its branch is opened as. */
export interface KeptIntent extends Intent {
  readonly mode: Exclude<RemediationMode, 'report'>;
}

/** What our record says of one pull request; what is left out was not recorded. */
export interface RemediationPullRecord {
  readonly number: number;
  readonly recorded: RecordedHead | null;
  /** The head for which the comment about a frozen pull request was written. */
  readonly toldHead: Sha | null;
  /** The head to which somebody who may let us append. */
  readonly takenOverAt: Sha | null;
  /** Written before a close of ours. `rolled_back`: somebody asked for it, before the merge or after it. */
  readonly whyClosed: 'clean' | 'gone' | 'superseded' | 'duplicate' | 'rolled_back' | null;
  /** When the log told that it was merged. */
  readonly mergeToldAt: string | null;
  /** When the drift was seen gone after it. */
  readonly verifiedAt: string | null;
  /** Whether GitHub has not yet refused to open it again. */
  readonly canReopen: boolean;
  /** When our record learned of it. */
  readonly openedAt: string | null;
}

/** That somebody's close of a pull request stands as a decision. */
export interface Suppression {
  readonly number: number;
  readonly until: string;
}

/** The paths that a plan writes, under the digest of the plan. */
export interface PlannedPaths {
  readonly plan: Digest;
  readonly paths: readonly string[];
}

/** The paths that a remediation is about to have open. */
export interface PathReservation {
  readonly paths: readonly string[];
  /** Those of them that it has not open yet. */
  readonly newly: readonly string[];
  /** The newest reservation of the repository when GitHub was read: what was reserved later, that reading does not show. */
  readonly since: number;
}

/** What others are about to have open. */
export interface OtherReservations {
  readonly newest: number;
  readonly paths: readonly string[];
}
