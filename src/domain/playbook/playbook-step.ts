import type { BumpLevel } from '../contract/change-class.ts';
import type { Sha } from '../tree.ts';

/** One thing that a playbook does. None runs a program. `path: null`: at each path that drifted. */
export type PlaybookStep = FileStep | IssueStep | NotifyStep;

/** One that changes files. */
export type FileStep =
  | { readonly kind: 'restore-file'; readonly path: string | null; readonly from: 'template' | 'release' }
  | { readonly kind: 'write-file'; readonly path: string | null; readonly content: { readonly kind: 'text'; readonly text: string } | { readonly kind: 'without-ended-waivers' } }
  /** `value: null`: what the drift expects. */
  | { readonly kind: 'set-contract-field'; readonly path: string | null; readonly field: SettableField; readonly value: string | boolean | null }
  | { readonly kind: 'bump-contract'; readonly path: string | null; readonly level: BumpLevel | null }
  /** `to`: the content of the release before the newest one, or what a path had before the commit that the drift names. */
  | { readonly kind: 'roll-forward'; readonly path: string | null; readonly to: 'previous-release' | 'before-commit' }
  | { readonly kind: 'update-baseline' }
  /** `commit: null`: the one that the drift found. */
  | { readonly kind: 'revert-commit'; readonly commit: Sha | null }
  | { readonly kind: 'pin-dependency'; readonly path: string | null; readonly to: 'locked' | 'none' };

export interface IssueStep {
  readonly kind: 'open-issue';
  readonly title: string;
  readonly text: string;
  /** What a person has to do: planned, shown, and not written. */
  readonly shows: readonly FileStep[];
}

export interface NotifyStep {
  readonly kind: 'notify';
  /** `owner`, `user:<login>` or `team:<name>`. */
  readonly to: string;
  readonly text: string;
}

export const settableFields = ['lifecycle', 'emergencyFlags.halted', 'emergencyFlags.humanApprovalRequired', 'emergencyFlags.budgetOverride', 'kmsKeyRef'] as const;

export type SettableField = (typeof settableFields)[number];
