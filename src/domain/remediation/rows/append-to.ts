import { ownDrift } from '../drift-facts.ts';
import { isUntouched } from '../facts.ts';
import type { Facts, OwnPullRequest } from '../facts.ts';
import type { NextStep } from '../step.ts';
import { say, saySkipped } from './say.ts';

/**
 * One commit on the head as it is, where the plan is another now or the base conflicts: never a rewrite. Null when nothing has to change.
 * A merge would put the base's files in the place of others': a conflict with those is theirs to solve.
 */
export function appendTo(facts: Facts, row: 3 | 5, one: OwnPullRequest): NextStep | null {
  const drift = ownDrift(facts.state);
  const isOurs = isUntouched(facts, one);
  const conflicts = isOurs && one.state.kind === 'open' && one.state.conflicts === true;
  const isSame = one.recorded?.plan === drift?.plan;
  if (drift === null || (isSame && !conflicts)) return null;
  if (!isSame && facts.state.heldBy.includes('same_files')) return saySkipped(facts, row, 'same_files', 'scan', one);
  const onto = { branch: one.branch, tip: one.head };
  const step = { kind: 'append', number: one.number, onto, as: conflicts ? 'merge' : 'commit', plan: drift.plan, base: drift.base, onOthersCommits: !isOurs } as const;
  return say(facts, row, conflicts ? 'conflict' : 'content_changed', 'remediation.updated', step, one);
}
