import type { Facts } from '../facts.ts';
import type { NextStep } from '../step.ts';
import { say } from './say.ts';

/** Row 12, at once: that it was merged is told, whether it helps or not. Our record alone is written. */
export function mergeUntold(facts: Facts): NextStep | null {
  const one = facts.own.find(({ state }) => state.kind === 'merged' && !state.told);
  return one === undefined ? null : say(facts, 12, 'merged', 'remediation.merged', { kind: 'tell_merge', number: one.number }, one);
}
