import type { DriftRecord } from '../drift/drift-record.ts';
import type { Planning } from '../playbook/plan.ts';
import type { NextStep } from '../remediation/step.ts';

/** What is known of one behaviour after a scan. `why` may quote what a source said. */
export interface FoundBehavior extends Pick<DriftRecord, 'behavior' | 'standing' | 'last'> {
  readonly decides: boolean;
  readonly why: string;
}

/** What a table's row tells, for people. */
export type ToldStep = Pick<NextStep, 'row' | 'reason' | 'pullRequest'> & { readonly step: NextStep['step']['kind'] };

export interface PlannedRemediation {
  readonly behavior: string;
  /** The playbook that was named is not taken, or is not there: why; null where it is. */
  readonly instead: string | null;
  /** Null: nothing drifts, or there is no playbook. */
  readonly planning: Exclude<Planning, { readonly kind: 'unread' }> | null;
  /** What would come next, were it asked for now; null: nothing was ever looked at. */
  readonly next: ToldStep | null;
}

/** What a command about behaviours did. What is only asked for is told again when it was done. */
export type DriftDone =
  | { readonly kind: 'scanning' }
  /** `most`: repositories that one scan may remediate in, where more of them drift; null: it is within. */
  | { readonly kind: 'scanned'; readonly behaviors: readonly FoundBehavior[]; readonly most: number | null }
  | ({ readonly kind: 'planned' } & PlannedRemediation)
  | { readonly kind: 'remediation_asked'; readonly behavior: string }
  | { readonly kind: 'remediated'; readonly behavior: string; readonly number: number; readonly told: ToldStep }
  | { readonly kind: 'unsuppressed'; readonly behavior: string; readonly numbers: readonly number[] }
  | { readonly kind: 'rollback_asked'; readonly number: number }
  /** Before its merge. */
  | { readonly kind: 'rolled_back'; readonly number: number; readonly behavior: string }
  /** After it: by another pull request. */
  | { readonly kind: 'rollback_opened'; readonly number: number; readonly behavior: string; readonly by: number };

/**
 * Why a command about behaviours did nothing. `not_frozen`: no open pull request of the behaviour was frozen at its head.
 * `unplannable`: why its playbook makes no plan of it.
 * `frozen_anew`: its head is a newer one than whoever asked can have meant. `touched`: others have a hand in the pull request. `not_ours`: it is no remediation of this repository. `partly_brought`: not all
 * of it is known to have come onto the branch, or too much came with it. `rollback_ended`: the pull request that undoes it is merged or closed. `no_playbook`: nothing says how it is undone.
 */
export type DriftRefusal =
  | { readonly kind: 'not_scanned' }
  /** `again`: from when on it may be asked for, ISO 8601. */
  | { readonly kind: 'scanned_lately'; readonly again: string }
  | { readonly kind: 'unknown_behavior'; readonly behavior: string; readonly suggestion: string | null; readonly known: readonly string[] }
  | { readonly kind: 'never_remediated' | 'not_frozen' | 'only_observed'; readonly behavior: string }
  | { readonly kind: 'not_remediated'; readonly behavior: string; readonly told: ToldStep | null; readonly refused: string | null; readonly unplannable: string | null }
  | { readonly kind: 'hands_unknown' | 'frozen_anew'; readonly number: number }
  | { readonly kind: 'not_ours' | 'already_closed' | 'touched' | 'partly_brought'; readonly number: number }
  | { readonly kind: 'rollback_ended'; readonly number: number; readonly by: number; readonly state: 'merged' | 'closed' }
  | { readonly kind: 'no_playbook'; readonly number: number; readonly behavior: string }
  | { readonly kind: 'not_undoable'; readonly number: number; readonly why: string };
