import { closingDays } from '../closing-days.ts';
import type { Facts } from '../facts.ts';
import type { NextStep } from '../step.ts';
import { suppressed } from './suppressed.ts';

/** Row 11: something unknown closed it: a ghost, another App. */
export function closedByUnknown(facts: Facts): NextStep | null {
  return suppressed(facts, { row: 11, by: 'unknown', days: closingDays.unknown, reason: 'closed_by_unknown', alerts: true });
}
