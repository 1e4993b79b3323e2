import { ownDrift } from '../drift-facts.ts';
import type { Facts } from '../facts.ts';
import type { NextStep } from '../step.ts';
import { heldReason, openNext } from './open-next.ts';

/** Row 15: nothing is there, or nothing that still stands, and the drift is confirmed. */
export function nothingThere(facts: Facts): NextStep | null {
  if (facts.open.length > 0 || ownDrift(facts.state) === null || heldReason(facts) !== null) return null;
  return openNext(facts, { row: 15, reason: 'drift_confirmed', event: 'remediation.created' });
}
