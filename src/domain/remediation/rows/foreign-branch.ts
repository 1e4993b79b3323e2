import type { Facts } from '../facts.ts';
import type { NextStep } from '../step.ts';
import { openingOf } from './opening-of.ts';
import { sayAlert } from './say.ts';

/** Row 14: a branch under our name that is not ours, or one that makes ours impossible. */
export function foreignBranch(facts: Facts): NextStep | null {
  const ground = facts.open.length > 0 ? undefined : openingOf(facts, 'propose')?.ground;
  return ground?.kind === 'foreign' ? sayAlert(facts, 14, ground.reason, [ground.named], facts.latest) : null;
}
