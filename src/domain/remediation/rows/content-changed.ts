import type { Facts } from '../facts.ts';
import type { NextStep } from '../step.ts';
import { appendTo } from './append-to.ts';
import { retell } from './retell.ts';

/** Row 5: its content must change, or its text, which tells of what it was before. */
export function contentChanged(facts: Facts): NextStep | null {
  const [one] = facts.open;
  return one === undefined ? null : (appendTo(facts, 5, one) ?? retell(facts, 5, one));
}
