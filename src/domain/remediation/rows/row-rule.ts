import type { Facts } from '../facts.ts';
import type { NextStep } from '../step.ts';

/** One row of the decision table: its step where it matches, null where it does not. */
export type RowRule = (facts: Facts) => NextStep | null;
