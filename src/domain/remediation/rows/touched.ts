import { ownDrift } from '../drift-facts.ts';
import { isOnBase, isUntouched } from '../facts.ts';
import type { Facts, OwnPullRequest } from '../facts.ts';
import type { NextStep } from '../step.ts';
import { appendTo } from './append-to.ts';
import { retell } from './retell.ts';
import { say, saySkipped } from './say.ts';

/** Row 3: somebody else has a hand in it: a commit, an amended head, another base. Frozen, and told once for each head, unless somebody let us append to exactly this head. */
export function touched(facts: Facts): NextStep | null {
  const [one] = facts.open;
  if (one === undefined || isUntouched(facts, one)) return null;
  if (isTakenOver(facts, one)) return appendTo(facts, 3, one) ?? retell(facts, 3, one) ?? saySkipped(facts, 3, 'taken_over', 'scan', one);
  if (one.toldHead === one.head) return saySkipped(facts, 3, 'touched', 'person', one);
  return say(facts, 3, 'touched', 'remediation.frozen', { kind: 'freeze', number: one.number, head: one.head }, one);
}

function isTakenOver(facts: Facts, one: OwnPullRequest): boolean {
  return one.takenOverAt === one.head && isOnBase(facts, one) && one.generation !== null && ownDrift(facts.state) !== null;
}
