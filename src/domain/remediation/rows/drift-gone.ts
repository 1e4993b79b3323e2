import { isConfirmedPass, isGone, otherDrift } from '../drift-facts.ts';
import { isUntouched } from '../facts.ts';
import type { Facts, OwnPullRequest } from '../facts.ts';
import type { NextStep } from '../step.ts';
import { say } from './say.ts';

/** Row 7: the drift is gone, seen twice, or its behaviour is. What an interrupted close left is finished. */
export function driftGone(facts: Facts): NextStep | null {
  const [one] = facts.open;
  const why = isGone(facts.state) ? 'behavior_gone' : isConfirmedPass(facts.state) ? 'drift_gone' : null;
  if (one !== undefined) return why === null ? null : say(facts, 7, why, 'remediation.closed', { kind: 'close', closing: { number: one.number, branch: one.branch, tip: one.head }, why: why === 'drift_gone' ? 'clean' : 'gone' }, one);
  if (why === null && otherDrift(facts.state) === null) return null;
  const left = facts.own.find((closed) => isLeft(facts, closed));
  return left === undefined ? null : say(facts, 7, why ?? 'drift_gone', 'remediation.closed', { kind: 'delete_branch', at: { branch: left.branch, tip: left.head } }, left);
}

/** Whether we closed it, and its branch still stands at our commit. */
function isLeft(facts: Facts, one: OwnPullRequest): boolean {
  const isOurs = one.state.kind === 'closed' && one.state.by === 'us' && isUntouched(facts, one);
  return isOurs && facts.state.branches.some(({ name, tip }) => name === one.branch && tip === one.head);
}
