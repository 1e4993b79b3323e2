import type { Facts } from '../facts.ts';
import type { NextStep } from '../step.ts';
import { say } from './say.ts';

/** Row 13, where the pull request is there already: the answer to its creation was lost, so our record learns of it. Its head is the one of our intent, or row 3 had matched. */
export function unadopted(facts: Facts): NextStep | null {
  const [one] = facts.open;
  if (one === undefined || one.recorded !== null || one.generation === null) return null;
  return say(facts, 13, 'recovered', 'remediation.adopted', { kind: 'adopt', number: one.number, generation: one.generation, head: one.head }, one);
}
