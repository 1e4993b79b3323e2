import type { ApproverGroup, HeldItem } from '../held-item.ts';
import type { Decision } from '../decision.ts';
import type { Finding } from '../finding.ts';
import type { FindingCode } from '../finding-code.ts';
import type { ConfigurationSources } from '../snapshot.ts';
import type { Sha } from '../tree.ts';
import type { Misreading, VoteWord } from './command.ts';
import type { DriftDone, DriftRefusal } from './drift-outcome.ts';

/** From what a finding of a decision came. */
export interface DecisionTrace {
  readonly baseBranch: string;
  readonly decidedAt: Date;
  /** The configuration files in force at the base; null: they were not kept with the decision. */
  readonly configuration: ConfigurationSources | null;
}

/** What a command did. */
export type CommandDone =
  | { readonly kind: 'helped' }
  /** `decision: null`: the head was not judged yet. */
  | { readonly kind: 'status'; readonly head: Sha; readonly decision: Decision | null }
  /** `found: null`: the newest decision has no such finding, or there is none. */
  | { readonly kind: 'explained'; readonly code: FindingCode; readonly head: Sha; readonly found: { readonly decision: Decision; readonly findings: readonly Finding[]; readonly trace: DecisionTrace } | null }
  | { readonly kind: 'rechecking'; readonly head: Sha }
  | { readonly kind: 'waiver_asked'; readonly word: 'waive' | 'unwaive'; readonly file: string }
  | { readonly kind: 'waiver_opened'; readonly word: 'waive' | 'unwaive'; readonly number: number }
  /** `left`: what the scope names too, but is for others to decide. `uncounted`: what has to be done before anybody's yes counts; null: nothing. */
  | { readonly kind: 'voted'; readonly word: VoteWord; readonly head: Sha; readonly items: readonly HeldItem[]; readonly left: readonly HeldItem[]; readonly uncounted: string | null }
  | DriftDone;

/**
 * Why nothing was done. `moved`: the head is another one by now. `not_judged`: the head has no decision yet. `nothing_held`:
 * the decision holds nothing of this name. `moved_on`:
 * the head is not the one for which it was asked. `ungranted`: our App may not write contents. `failed`: it was tried in vain too often, with the code of the failure.
 */
export type CommandRefusal =
  | { readonly kind: 'misread'; readonly misreading: Misreading; readonly head: Sha | null }
  | { readonly kind: 'edited' | 'closed' | 'too_often' }
  | { readonly kind: 'not_allowed'; readonly needs: 'write' | 'hand_or_write' }
  | { readonly kind: 'not_approver'; readonly from: readonly ApproverGroup[] }
  | { readonly kind: 'role_unreadable' }
  | { readonly kind: 'contributor' }
  | { readonly kind: 'moved'; readonly given: string; readonly head: Sha; readonly line: string }
  | { readonly kind: 'not_judged'; readonly head: Sha }
  | { readonly kind: 'nothing_held'; readonly scope: string; readonly head: Sha; readonly scopes: readonly string[] }
  | { readonly kind: 'not_waivable'; readonly code: FindingCode; readonly why: string }
  | { readonly kind: 'bad_end'; readonly until: string; readonly latest: string }
  | { readonly kind: 'no_finding'; readonly code: FindingCode; readonly path: string; readonly head: Sha; readonly paths: readonly string[] }
  | { readonly kind: 'no_waiver'; readonly code: FindingCode; readonly path: string; readonly file: string }
  | { readonly kind: 'no_waiver_file' | 'ungranted' }
  | { readonly kind: 'unfit_file' | 'refused'; readonly why: string }
  | { readonly kind: 'branch_taken'; readonly branch: string }
  | { readonly kind: 'moved_on'; readonly head: Sha }
  | { readonly kind: 'failed'; readonly code: string }
  | DriftRefusal;

export type CommandOutcome = CommandDone | CommandRefusal;

const doneKinds: Readonly<Record<CommandDone['kind'], true>> = {
  helped: true, status: true, explained: true, rechecking: true, voted: true, waiver_asked: true, waiver_opened: true,
  scanning: true, scanned: true, planned: true, remediation_asked: true, remediated: true, unsuppressed: true, rollback_asked: true, rolled_back: true, rollback_opened: true,
};

export function isDone(outcome: CommandOutcome): outcome is CommandDone {
  return Object.hasOwn(doneKinds, outcome.kind);
}

/** Whether it is not known yet what comes of it: the reply is edited then. */
export function isAwaited({ kind }: CommandOutcome): boolean {
  return kind === 'waiver_asked' || kind === 'scanning' || kind === 'remediation_asked' || kind === 'rollback_asked';
}
