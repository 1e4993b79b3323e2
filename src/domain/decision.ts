import type { Digest } from './digest.ts';
import type { GateName } from './gate-name.ts';
import type { HeldItem } from './held-item.ts';
import type { Sha } from './tree.ts';
import type { Verdict } from './verdict.ts';

export type Disposition = 'allow' | 'deny' | 'hold';

/** Why a decision is not allow; `inconclusive` is blocked, never called held. */
export type Cause = 'pass' | 'fail' | 'inconclusive' | 'hold';

/** The aggregate of verdicts. Its JSON form is `schemas/decision.schema.json`, field by field. */
export interface Decision {
  readonly version: 1;
  readonly gates: readonly GateName[];
  readonly decision: Disposition;
  readonly cause: Cause;
  /** What it would be without `"*": observe`; null when nothing is observed. */
  readonly wouldBe: Disposition | null;
  readonly engine: string;
  readonly mergeBase: Sha;
  readonly base: Sha;
  readonly head: Sha;
  /** The earliest expiry that it used; null when nothing in it expires. */
  readonly validUntil: string | null;
  readonly verdicts: readonly Verdict[];
  /** What people may release, whether or not it waits for them: a command names these. */
  readonly held: readonly HeldItem[];
  /** Changed files that no gate looked at. */
  readonly uncovered: readonly string[];
  readonly policyDigest: Digest;
  readonly inputDigest: Digest;
}

/** Whether something that counts has no answer yet, whatever else denies: such a decision is tried again. */
export function lacksAnswer({ cause, verdicts }: Pick<Decision, 'cause' | 'verdicts'>): boolean {
  return cause === 'inconclusive' || verdicts.some(({ verdict, findings }) => verdict === 'inconclusive' || findings.some(({ severity }) => severity === 'unknown'));
}

const strictness: Readonly<Record<Cause, number>> = { pass: 0, hold: 1, inconclusive: 2, fail: 3 };

/** Orders decisions from lax to strict: allow, hold, deny for inconclusive, deny for fail. */
export function compareStrictness(a: Pick<Decision, 'decision' | 'cause'>, b: Pick<Decision, 'decision' | 'cause'>): number {
  return rank(a) - rank(b);
}

function rank(one: Pick<Decision, 'decision' | 'cause'>): number {
  return one.decision === 'allow' ? 0 : strictness[one.cause];
}
