import type { Digest } from '../digest.ts';
import type { Versioned } from '../remediation/fingerprint.ts';
import type { Difference } from './measured-drift.ts';
import type { FactRequest } from './playbook-facts.ts';
import type { PlaybookBounds, Rollback } from './playbook.ts';
import type { PlaybookStep } from './playbook-step.ts';
import type { PlainFileMode } from '../tree.ts';

/** What a playbook makes of a drift at one commit of the base. All text of it is raw: whoever shows it escapes it. */
export interface Plan {
  readonly playbook: Versioned;
  readonly steps: readonly PlaybookStep[];
  /** What is written, by path: only what differs from the base, and never more than the bounds allow. */
  readonly files: readonly PlannedFile[];
  readonly issue: PlannedIssue | null;
  readonly notices: readonly { readonly to: string; readonly text: string }[];
  /** Contracts that somebody has to sign before the merge: nothing is signed here. */
  readonly unsigned: readonly UnsignedContract[];
  readonly bounds: PlaybookBounds;
  readonly rollback: Rollback;
  /** Of the files that it writes, and of the issue: what has the same one is the same plan. */
  readonly digest: Digest;
}

export interface PlannedFile {
  readonly path: string;
  /** The whole file; null: it goes. */
  readonly text: string | null;
  readonly mode: PlainFileMode;
  /** What the base has; null: no file. */
  readonly before: string | null;
}

export interface PlannedIssue {
  readonly title: string;
  readonly text: string;
  readonly target: string;
  readonly differences: readonly Difference[];
  /** What a person would have to change. */
  readonly files: readonly PlannedFile[];
}

export interface UnsignedContract {
  readonly path: string;
  readonly contractId: string;
  /** `kmsKeyRef`; null: the contract names none. */
  readonly key: string | null;
}

/** Why there is no plan. `nothing`: everything is as it would become. */
export type RefusalKind = 'trigger' | 'precondition' | 'bounds' | 'path' | 'content' | 'contract' | 'dependency' | 'baseline' | 'commit' | 'nothing';

export interface Refusal {
  readonly kind: RefusalKind;
  /** Null: the plan as a whole. */
  readonly path: string | null;
  readonly found: string;
  readonly expected: string;
  readonly next: string;
}

export type Planning =
  | { readonly kind: 'plan'; readonly plan: Plan }
  /** Nothing is to be written, for good. */
  | { readonly kind: 'refused'; readonly refusal: Refusal }
  /** Facts that have to be read first; then it is asked again. */
  | { readonly kind: 'unread'; readonly wanted: readonly FactRequest[] };
