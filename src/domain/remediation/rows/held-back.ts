import { ownDrift } from '../drift-facts.ts';
import type { Facts } from '../facts.ts';
import type { NextStep } from '../step.ts';
import { heldReason, sayHeld } from './open-next.ts';

/** Row 16: as row 15, but something holds it back. */
export function heldBack(facts: Facts): NextStep | null {
  const held = heldReason(facts);
  return facts.open.length > 0 || held === null || ownDrift(facts.state) === null ? null : sayHeld(facts, held);
}
