import type { JudgedAction } from '../domain/action/judged-action.ts';
import { compareText } from '../domain/compare-text.ts';
import type { Decision } from '../domain/decision.ts';
import type { Verdict } from '../domain/verdict.ts';

const order: readonly JudgedAction['outcome'][] = ['fail', 'inconclusive', 'hold', 'unasked', 'pass'];

/** What stands in the way first, then the riskiest. */
export function rankedActions({ judged = [] }: Pick<Verdict, 'judged'>): readonly JudgedAction[] {
  return judged.toSorted((a, b) => order.indexOf(a.outcome) - order.indexOf(b.outcome) || b.tier - a.tier || compareText(a.name, b.name));
}

/** Of the whole decision. */
export function actionsOf({ verdicts }: Pick<Decision, 'verdicts'>): readonly JudgedAction[] {
  return verdicts.flatMap((verdict) => rankedActions(verdict));
}
