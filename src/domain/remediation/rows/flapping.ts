import type { Facts } from '../facts.ts';
import type { NextStep } from '../step.ts';
import { sayAlert } from './say.ts';

/** Stops whatever would open something where the drift comes and goes: something else changes it back. */
export function flapping(facts: Facts, row: 10 | 12 | 13 | 15): NextStep | null {
  return facts.state.isFlapping ? sayAlert(facts, row, 'flapping', facts.own.map(({ number }) => `#${number}`), facts.latest) : null;
}
