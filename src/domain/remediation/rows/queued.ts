import { isQueued } from '../facts.ts';
import type { Facts } from '../facts.ts';
import type { NextStep } from '../step.ts';
import { saySkipped } from './say.ts';

/** Row 2: it waits in the merge queue, or for auto-merge: a write would throw it out. */
export function queued(facts: Facts): NextStep | null {
  const [one] = facts.open;
  return one !== undefined && isQueued(one) ? saySkipped(facts, 2, 'queued', 'dequeue', one) : null;
}
