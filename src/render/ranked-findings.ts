import type { Decision } from '../domain/decision.ts';
import type { Finding, Severity } from '../domain/finding.ts';
import type { Verdict } from '../domain/verdict.ts';

/** What a finding does to the change, as a reader is told. `observed`: would do something if it were enforced. */
export type Effectiveness = Severity | 'observed';

export interface RankedFinding {
  readonly finding: Finding;
  readonly effect: Effectiveness;
}

const order: readonly Effectiveness[] = ['deny', 'unknown', 'hold', 'observed', 'notice'];

/** All findings of a decision: what blocks first, then by path and line. */
export function rankedFindings(decision: Pick<Decision, 'verdicts'>): readonly RankedFinding[] {
  return decision.verdicts.flatMap(rankedOf).toSorted(compare);
}

/** The findings of one gate, in the same order. */
export function rankedOf(verdict: Pick<Verdict, 'findings'>): readonly RankedFinding[] {
  return verdict.findings.map((finding) => ({ finding, effect: effectOf(finding) })).toSorted(compare);
}

function effectOf(finding: Finding): Effectiveness {
  return finding.severity === 'notice' && finding.declared !== 'notice' && !finding.waived ? 'observed' : finding.severity;
}

function compare(a: RankedFinding, b: RankedFinding): number {
  return order.indexOf(a.effect) - order.indexOf(b.effect) || compareText(a.finding.path ?? '', b.finding.path ?? '') || (a.finding.line ?? 0) - (b.finding.line ?? 0);
}

function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
