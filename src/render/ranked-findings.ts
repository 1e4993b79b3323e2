import { compareText } from '../domain/compare-text.ts';
import type { Decision } from '../domain/decision.ts';
import type { Finding } from '../domain/finding.ts';
import type { Severity } from '../domain/severity.ts';
import type { Verdict } from '../domain/verdict.ts';

/**
 * What a finding does to the change, as a reader is told. `observed`: would do something if it were enforced.
 * `released`: was held; the record does not say whether approvals or a rule's mode ended that.
 */
export type Effectiveness = Severity | 'observed' | 'released';

export interface RankedFinding {
  readonly finding: Finding;
  readonly effect: Effectiveness;
}

const order: readonly Effectiveness[] = ['deny', 'unknown', 'hold', 'observed', 'released', 'notice'];

/** All findings of a decision: what blocks first, then by path and line. */
export function rankedFindings(decision: Pick<Decision, 'verdicts' | 'wouldBe'>): readonly RankedFinding[] {
  return decision.verdicts.flatMap((verdict) => rankedOf(decision, verdict)).toSorted(compare);
}

/** The findings of one gate, in the same order. */
export function rankedOf({ wouldBe }: Pick<Decision, 'wouldBe'>, verdict: Pick<Verdict, 'findings'>): readonly RankedFinding[] {
  return verdict.findings.map((finding) => ({ finding, effect: effectOf(finding, wouldBe !== null) })).toSorted(compare);
}

function effectOf(finding: Finding, observing: boolean): Effectiveness {
  if (finding.severity !== 'notice' || finding.declared === 'notice' || finding.waived) return finding.severity;
  return finding.declared === 'hold' && !observing ? 'released' : 'observed';
}

function compare(a: RankedFinding, b: RankedFinding): number {
  return order.indexOf(a.effect) - order.indexOf(b.effect) || compareText(a.finding.path ?? '', b.finding.path ?? '') || (a.finding.line ?? 0) - (b.finding.line ?? 0);
}
