import type { Facts } from '../facts.ts';
import type { NextStep } from '../step.ts';
import { heldReason, openNext } from './open-next.ts';
import { openingOf } from './opening-of.ts';

/** Row 13: our branch is there, at the commit of our intent, without a pull request: something broke in between. */
export function recovery(facts: Facts): NextStep | null {
  if (facts.open.length > 0 || heldReason(facts) !== null || openingOf(facts, 'propose')?.ground.kind !== 'ours') return null;
  return openNext(facts, { row: 13, reason: 'recovered', event: 'remediation.created' });
}
