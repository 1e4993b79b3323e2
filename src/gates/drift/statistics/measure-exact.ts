import { tokensOf } from '../../../domain/document/pointer.ts';
import { quoted } from '../../../domain/finding.ts';
import type { JsonValue } from '../../../domain/json-value.ts';
import { compareValues } from './compare-values.ts';
import type { Tolerances, ValueDifference } from './compare-values.ts';
import { openInterval } from '../../../domain/behavior/measured.ts';
import type { Measured, MeasureVerdict } from '../../../domain/behavior/measured.ts';
import { isFiniteNumber } from './read-samples.ts';

/** A value that is the same each time, such as a setting, a score of a fixed set, or a whole response. */
export interface ExactMetric {
  readonly kind: 'exact';
  readonly baseline: JsonValue;
  /** Undefined: the answer lacks it, which is a drift. Without any answer there is no metric to measure. */
  readonly found: JsonValue | undefined;
  readonly tolerances: Tolerances;
}

/** Any difference beyond its tolerance → drift; a part that can not be read → inconclusive, whatever else differs. */
export function measureExact({ baseline, found, tolerances }: ExactMetric): Measured {
  const estimate = isFiniteNumber(baseline) && isFiniteNumber(found) ? found - baseline : null;
  const common = { method: 'canonical-difference', needsMore: false, estimate: isFiniteNumber(estimate) ? estimate : null, interval: openInterval, tolerated: openInterval, confidence: 1, sizes: { baseline: null, samples: 1 } } as const;
  const wrong = [...tolerances].find(([pointer, { value }]) => tokensOf(pointer) === null || !isFiniteNumber(value) || value < 0);
  if (wrong !== undefined) return { ...common, verdict: 'inconclusive', why: `The tolerance at ${JSON.stringify(wrong[0])} is no number from 0 on at a JSON pointer.` };
  const differences = compareValues(baseline, found, tolerances);
  return { ...common, verdict: verdictOf(differences), why: wordsOf(differences) };
}

function verdictOf(differences: readonly ValueDifference[]): MeasureVerdict {
  if (differences.some(({ kind }) => kind === 'unreadable')) return 'inconclusive';
  return differences.length === 0 ? 'pass' : 'drift';
}

const shown = 5;

function wordsOf(differences: readonly ValueDifference[]): string {
  if (differences.length === 0) return 'It is as agreed.';
  const first = differences.toSorted((a, b) => Number(b.kind === 'unreadable') - Number(a.kind === 'unreadable')).slice(0, shown);
  const words = first.map((one) => `${one.pointer === '' ? 'The value' : quoted(one.pointer)} ${stateOf(one)}`);
  return `${words.join(', ')}${differences.length > shown ? ` and ${differences.length - shown} more differ` : ''}.`;
}

function stateOf({ kind, agreed, found }: ValueDifference): string {
  if (kind === 'unreadable') return 'can not be read';
  if (kind === 'changed') return `is ${shownValue(found)} in place of ${shownValue(agreed)}`;
  return kind === 'added' && typeof found === 'string' ? `is added: ${quoted(found)}` : `is ${kind}`;
}

/** May be what a service says: cut, and in quotation marks. */
function shownValue(value: JsonValue | undefined): string {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  return String(value);
}
