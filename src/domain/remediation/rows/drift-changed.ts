import { otherDrift } from '../drift-facts.ts';
import type { Facts } from '../facts.ts';
import type { NextStep } from '../step.ts';
import { say, saySkipped } from './say.ts';

/** Row 6: another drift of the same target is there now. Its own pull request comes first, by its own way through this table; if that opens none, this one stays. */
export function driftChanged(facts: Facts): NextStep | null {
  const [one] = facts.open;
  const drift = otherDrift(facts.state);
  if (one === undefined || drift === null) return null;
  if (drift.successor === null || drift.successor === one.number) return saySkipped(facts, 6, 'drift_changed', 'successor', one);
  return say(facts, 6, 'drift_changed', 'remediation.superseded', { kind: 'supersede', closing: { number: one.number, branch: one.branch, tip: one.head }, by: drift.successor }, one);
}
