import type { Lifecycle } from '../contract/lifecycle.ts';
import type { FindingCode } from '../finding-code.ts';
import type { Versioned } from '../remediation/fingerprint.ts';
import type { PauseWindow } from '../scan/pause-window.ts';
import type { PlaybookStep } from './playbook-step.ts';
import type { PlaybookTest } from './playbook-test.ts';

/** A recipe for one class of drift. */
export interface Playbook extends Versioned {
  readonly title: string;
  readonly description: string;
  readonly category: string;
  readonly tier: PlaybookTier;
  readonly trigger: PlaybookTrigger;
  readonly preconditions: readonly Precondition[];
  /** At least one. */
  readonly steps: readonly PlaybookStep[];
  readonly bounds: PlaybookBounds;
  readonly verification: Verification;
  readonly rollback: Rollback;
  /** Path of its page. */
  readonly docs: string;
  readonly tests: readonly PlaybookTest[];
}

/** Tier 4 is denied, whoever asks: nothing is proposed in it. */
export type PlaybookTier = 1 | 2 | 3;

export interface PlaybookTrigger {
  readonly codes: readonly FindingCode[];
  /** Words such as `file/changed`; `*` is every one. */
  readonly classes: readonly string[];
}

/** What must hold before anything is planned. `path: null`: at each path that drifted. */
export type Precondition =
  | { readonly kind: Exclude<PreconditionKind, 'contract-lifecycle'>; readonly path: string | null }
  | { readonly kind: 'contract-lifecycle'; readonly path: string | null; readonly in: readonly Lifecycle[] };

export type PreconditionKind = 'file-exists' | 'file-missing' | 'contract-released' | 'contract-diverged' | 'contract-standing' | 'contract-halted' | 'contract-not-halted' | 'contract-lifecycle';

export interface PlaybookBounds {
  readonly maxFiles: number;
  readonly maxRepositories: number;
  readonly pauseWindows: readonly PauseWindow[];
}

export interface Verification {
  readonly probe: 'behavior' | 'finding';
  /** Milliseconds after the merge in which the drift may still be there. */
  readonly window: number;
}

/** How it is undone after its merge. `none`: not at all. */
export type Rollback = { readonly kind: 'revert' | 'roll-forward' } | { readonly kind: 'none'; readonly reason: string };

/** Whether what it proposes may merge by itself, where the configuration says so and nothing that drifted is critical. */
export function mayMergeByItself({ tier, rollback, steps }: Pick<Playbook, 'tier' | 'rollback' | 'steps'>): boolean {
  return tier < 3 && rollback.kind !== 'none' && steps.some(({ kind }) => kind !== 'open-issue' && kind !== 'notify');
}
