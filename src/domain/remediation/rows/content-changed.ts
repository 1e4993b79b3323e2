import type { Facts } from '../facts.ts';
import type { NextStep } from '../step.ts';
import { appendTo } from './append-to.ts';

/** Row 5: its content must change. */
export function contentChanged(facts: Facts): NextStep | null {
  const [one] = facts.open;
  return one === undefined ? null : appendTo(facts, 5, one);
}
