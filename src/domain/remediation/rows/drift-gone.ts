import { isConfirmedPass, isGone, otherDrift } from '../drift-facts.ts';
import { branchName, generationOf } from '../branch-name.ts';
import { intentOf, isUntouched, pendingAt } from '../facts.ts';
import type { Facts, OwnPullRequest } from '../facts.ts';
import type { Sha } from '../../tree.ts';
import type { BranchAt, NextStep } from '../step.ts';
import { say } from './say.ts';

/** Row 7: the drift is gone, seen twice, or its behaviour is. What an interrupted close left is finished. */
export function driftGone(facts: Facts): NextStep | null {
  const [one] = facts.open;
  const why = isGone(facts.state) ? 'behavior_gone' : isConfirmedPass(facts.state) ? 'drift_gone' : null;
  if (one !== undefined) return why === null ? null : say(facts, 7, why, 'remediation.closed', { kind: 'close', closing: { number: one.number, branch: one.branch, tip: one.head }, why: why === 'drift_gone' ? 'clean' : 'gone' }, one);
  if (why === null && otherDrift(facts.state) === null) return null;
  const left = facts.own.find((closed) => isLeft(facts, closed));
  if (left !== undefined) return say(facts, 7, why ?? 'drift_gone', 'remediation.closed', { kind: 'delete_branch', at: { branch: left.branch, tip: left.head } }, left);
  const at = unopened(facts);
  return at === null ? null : say(facts, 7, why ?? 'drift_gone', 'remediation.closed', { kind: 'delete_branch', at });
}

/** A branch that we meant to open a pull request from, at our commit, from which none was opened: it was refused, or something broke. */
function unopened(facts: Facts): BranchAt | null {
  const { target, fingerprint, intents, pullRequests, branches } = facts.state;
  const names = intents.map(({ generation }) => branchName(target, fingerprint, generation)).toSorted();
  const ours = names.flatMap((name) => branches.filter((one) => one.name === name && isOurCommit(facts, name, one.tip)));
  const found = ours.find(({ name }) => !pullRequests.some((one) => !one.fromFork && one.branch === name));
  return found === undefined ? null : { branch: found.name, tip: found.tip };
}

function isOurCommit(facts: Facts, branch: string, tip: Sha): boolean {
  return intentOf(facts, generationOf(branch, facts.state.fingerprint))?.head === tip || pendingAt(facts, branch, tip)?.onOthersCommits === false;
}

/** Whether we closed it, and its branch still stands at our commit. */
function isLeft(facts: Facts, one: OwnPullRequest): boolean {
  const isOurs = one.state.kind === 'closed' && one.state.by === 'us' && isUntouched(facts, one);
  return isOurs && facts.state.branches.some(({ name, tip }) => name === one.branch && tip === one.head);
}
