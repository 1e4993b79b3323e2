import { durationOf } from '../behavior/duration.ts';
import type { JsonValue } from '../json-value.ts';
import { compareModes, ruleMode } from './rule-mode.ts';

/** Orders two values of one key, by its listed choices where it has some; durations by their length. NaN where they have no order: every comparison with it fails. */
export function compareValues(order: readonly JsonValue[], a: JsonValue, b: JsonValue): number {
  if (typeof a === 'string' && typeof b === 'string' && order.length === 0) {
    const [lengthA, lengthB] = [durationOf(a), durationOf(b)];
    if (lengthA !== null && lengthB !== null) return lengthA - lengthB;
    const [modeA, modeB] = [ruleMode(a), ruleMode(b)];
    return modeA === null || modeB === null ? Number.NaN : compareModes(modeA, modeB);
  }
  return rank(order, a) - rank(order, b);
}

function rank(order: readonly JsonValue[], value: JsonValue): number {
  if (typeof value === 'number' || typeof value === 'boolean') return Number(value);
  const index = order.indexOf(value);
  return index < 0 ? Number.NaN : index;
}
