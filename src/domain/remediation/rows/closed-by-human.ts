import type { Facts } from '../facts.ts';
import type { NextStep } from '../step.ts';
import { suppressed } from './suppressed.ts';

/** Days for which a person's close is a decision. */
export const decisionDays = 30;

/** Row 9: a person closed it unmerged. */
export function closedByHuman(facts: Facts): NextStep | null {
  return suppressed(facts, { row: 9, by: 'human', days: decisionDays, reason: 'closed_by_human', alerts: false });
}
