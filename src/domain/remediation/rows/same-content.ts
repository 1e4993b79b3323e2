import { ownDrift } from '../drift-facts.ts';
import type { Facts } from '../facts.ts';
import type { NextStep } from '../step.ts';
import { contentChanged } from './content-changed.ts';
import { saySkipped } from './say.ts';

/** Row 4: it is as it should be. */
export function sameContent(facts: Facts): NextStep | null {
  const [one] = facts.open;
  if (one === undefined || ownDrift(facts.state) === null) return null;
  return contentChanged(facts) === null ? saySkipped(facts, 4, 'same_content', 'scan', one) : null;
}
