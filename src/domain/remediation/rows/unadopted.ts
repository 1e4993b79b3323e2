import { ownDrift } from '../drift-facts.ts';
import { isUntouched, ownCommitOf } from '../facts.ts';
import type { Facts, OwnPullRequest } from '../facts.ts';
import type { RecordedHead } from '../remediation-state.ts';
import type { NextStep } from '../step.ts';
import { say } from './say.ts';

/** Row 13, where the pull request is there already: the answer to its creation, or to our last push, was lost. It stands at what was written ahead, so our record learns of it. */
export function unadopted(facts: Facts): NextStep | null {
  const [one] = facts.open;
  if (one === undefined || one.generation === null || one.recorded?.head === one.head) return null;
  const commit = ownCommitOf(facts, one);
  if (commit === null) return null;
  return say(facts, 13, 'recovered', 'remediation.adopted', { kind: 'adopt', number: one.number, generation: one.generation, head: one.head, mayArm: mayArm(facts, one, commit) }, one);
}

/** As it is now, whatever it was opened under: what is armed is left alone from then on. It is open already, so that no limit holds it back. */
function mayArm(facts: Facts, one: OwnPullRequest, { plan }: RecordedHead): boolean {
  const { mode, heldBy, isFlapping } = facts.state;
  return mode === 'auto' && heldBy.every((hold) => hold === 'limit') && !isFlapping && isUntouched(facts, one) && ownDrift(facts.state)?.plan === plan;
}
