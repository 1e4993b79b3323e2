import type { Facts } from '../facts.ts';
import type { NextStep } from '../step.ts';
import { readNames } from '../remediation-state.ts';
import { say } from './say.ts';

/** Row 0: any read failed, was partial, was not made, or does not fit another. */
export function unreadable(facts: Facts): NextStep | null {
  const { reads } = facts.state;
  const isRead = readNames.every((name) => reads[name] === 'complete');
  if (isRead && areConsistent(facts)) return null;
  return say(facts, 0, isRead ? 'reads_disagree' : 'unread', 'remediation.error', { kind: 'nothing', again: { kind: 'reads' } });
}

/** The tip of a branch and the head of its open pull request are read at different times: between them somebody may have pushed. */
function areConsistent({ state, open }: Facts): boolean {
  const tips = new Map(state.branches.map(({ name, tip }) => [name, tip]));
  return open.every(({ branch, head, generation }) => generation === null || tips.get(branch) === head);
}
