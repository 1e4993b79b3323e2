import { ownCommitOf } from '../facts.ts';
import type { Facts } from '../facts.ts';
import type { NextStep } from '../step.ts';
import { say } from './say.ts';

/** Row 13, where the pull request is there already: the answer to its creation, or to our last push, was lost. It stands at what was written ahead, so our record learns of it. */
export function unadopted(facts: Facts): NextStep | null {
  const [one] = facts.open;
  if (one === undefined || one.generation === null || one.recorded?.head === one.head || ownCommitOf(facts, one) === null) return null;
  return say(facts, 13, 'recovered', 'remediation.adopted', { kind: 'adopt', number: one.number, generation: one.generation, head: one.head }, one);
}
