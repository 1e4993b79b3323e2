import { closingDays } from '../closing-days.ts';
import type { Facts } from '../facts.ts';
import type { NextStep } from '../step.ts';
import { suppressed } from './suppressed.ts';

/** Row 9: a person closed it unmerged. */
export function closedByHuman(facts: Facts): NextStep | null {
  return suppressed(facts, { row: 9, by: 'human', days: closingDays.human, reason: 'closed_by_human', alerts: false });
}
