import type { ExactMetric } from '../../../../src/gates/drift/statistics/measure-exact.ts';
import type { MissingMetric } from '../../../../src/gates/drift/statistics/measure-missing.ts';
import type { PairedRateMetric } from '../../../../src/gates/drift/statistics/measure-paired-rate.ts';
import type { PairedShiftMetric } from '../../../../src/gates/drift/statistics/measure-paired-shift.ts';
import type { QuantileMetric } from '../../../../src/gates/drift/statistics/measure-quantile.ts';
import type { RateMetric } from '../../../../src/gates/drift/statistics/measure-rate.ts';
import type { ShiftMetric } from '../../../../src/gates/drift/statistics/measure-shift.ts';
import type { Levels } from '../../../../src/domain/behavior/measured.ts';
import { randomFrom } from '../../../../src/gates/drift/statistics/random.ts';

/** Of a confidence of 0.95, for one metric alone. */
export const alone: Levels = { pass: 0.05, drift: 0.05 };

/** Values around 100 that spread by about 6, the same for the same seed. */
export function values(count: number, moved = 0, seed = 1): readonly number[] {
  const random = randomFrom(seed);
  return Array.from({ length: count }, () => 100 + moved + 10 * (random() + random() - 1) * 1.5);
}

/** Each passes as it stands. */
export const aShift = (changes: Partial<ShiftMetric> = {}): ShiftMetric => ({ kind: 'shift', baseline: values(60), samples: values(60, 0, 2), tolerance: { kind: 'relative', value: 0.1 }, direction: 'both', missingCap: 0, secondLook: false, ...changes });
export const aPairedShift = (changes: Partial<PairedShiftMetric> = {}): PairedShiftMetric => ({ kind: 'paired-shift', baseline: values(40), samples: values(40, 0, 2), tolerance: { kind: 'absolute', value: 10 }, direction: 'both', missingCap: 0, ...changes });
export const aQuantile = (changes: Partial<QuantileMetric> = {}): QuantileMetric => ({ kind: 'quantile', quantile: 0.95, baseline: values(100), samples: values(100, 0, 2), tolerance: { kind: 'relative', value: 0.1 }, direction: 'increase', missingCap: 0, ...changes });
export const aRate = (changes: Partial<RateMetric> = {}): RateMetric => ({ kind: 'rate', baseline: { successes: 58, trials: 60 }, samples: { successes: 97, trials: 100 }, margin: 0.1, direction: 'decrease', ...changes });
export const aPairedRate = (changes: Partial<PairedRateMetric> = {}): PairedRateMetric => ({ kind: 'paired-rate', ...turned(60, 0, 1), margin: 0.1, direction: 'decrease', missingCap: 0, ...changes });
export const aMissing = (changes: Partial<MissingMetric> = {}): MissingMetric => ({ kind: 'missing', baseline: { missing: 0, total: 100 }, samples: { missing: 0, total: 100 }, cap: 0, ...changes });
export const anExact = (changes: Partial<ExactMetric> = {}): ExactMetric => ({ kind: 'exact', baseline: 0.847, found: 0.848, tolerances: new Map([['', { kind: 'absolute', value: 0.001, direction: 'both' }]]), ...changes });

/** So many cases, of which some gained and some lost; all others succeed both times. */
export function turned(cases: number, gains: number, losses: number): Pick<PairedRateMetric, 'baseline' | 'samples'> {
  return { baseline: Array.from({ length: cases }, (_, index) => index >= gains), samples: Array.from({ length: cases }, (_, index) => index < cases - losses) };
}
