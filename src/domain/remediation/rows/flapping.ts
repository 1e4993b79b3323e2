import { mostFlaps } from '../most-flaps.ts';
import { isReturn } from '../facts.ts';
import type { Facts } from '../facts.ts';
import type { NextStep } from '../step.ts';
import { sayAlert } from './say.ts';

/** Stops where this return would be the third within 7 days: something else changes it back. */
export function flapping(facts: Facts, row: 10 | 15): NextStep | null {
  const flaps = facts.state.flaps + (isReturn(facts) ? 1 : 0);
  return flaps >= mostFlaps ? sayAlert(facts, row, 'flapping', facts.own.map(({ number }) => `#${number}`), facts.latest) : null;
}
