import { ownDrift } from '../drift-facts.ts';
import { isUntouched } from '../facts.ts';
import type { Facts, OwnPullRequest } from '../facts.ts';
import type { NextStep } from '../step.ts';
import { heldReason, openNext } from './open-next.ts';
import { say } from './say.ts';

/** Row 10: we closed it, and the drift is back. Reopened if that is possible, else the next generation. */
export function closedByUs(facts: Facts): NextStep | null {
  const { state, latest } = facts;
  if (ownDrift(state) === null || latest?.state.kind !== 'closed' || latest.state.by !== 'us') return null;
  return reopened(facts, latest) ?? openNext(facts, { row: 10, reason: 'drift_back', event: 'remediation.created' });
}

/** At exactly the commit that we recorded, on the branch that is there, or created again. */
function reopened(facts: Facts, one: OwnPullRequest): NextStep | null {
  const tip = facts.state.branches.find(({ name }) => name === one.branch)?.tip;
  const canReopen = one.state.kind === 'closed' && one.state.canReopen && isUntouched(facts, one) && (tip === undefined || tip === one.head) && heldReason(facts) === null && !facts.state.isFlapping;
  return canReopen ? say(facts, 10, 'drift_back', 'remediation.updated', { kind: 'reopen', number: one.number, at: { branch: one.branch, tip: one.head }, restores: tip === undefined }, one) : null;
}
