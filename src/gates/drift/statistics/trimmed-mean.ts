import { openInterval } from '../../../domain/behavior/measured.ts';
import type { Interval } from '../../../domain/behavior/measured.ts';
import type { Samples } from './read-samples.ts';
import { studentQuantile } from './student.ts';

/** What is left out at each end: outliers, but no larger part. */
export const trimmedShare = 0.1;

/** The mean of an arm without its outer tenths. */
interface TrimmedMean {
  readonly mean: number;
  /** Of that mean: of the values with the outer tenths drawn in to what is left (winsorized), over those that are left. */
  readonly variance: number;
  readonly freedom: number;
}

/** The difference of means without the outer tenths, first less second, each bound wrong with about this probability (K. K. Yuen, Biometrika 61:165, 1974). */
export function differenceOfTrimmedMeans(first: Samples, second: Samples, level: number): Interval {
  return boundedBy(level, (side) => {
    const [a, b] = [trimmedMean(first, side), trimmedMean(second, side === 'high' ? 'low' : 'high')];
    const variance = a.variance + b.variance;
    return { mean: a.mean - b.mean, variance, freedom: variance === 0 ? 1 : variance ** 2 / (a.variance ** 2 / a.freedom + b.variance ** 2 / b.freedom) };
  });
}

/** The mean without the outer tenths of differences of the same cases (J. W. Tukey and D. H. McLaughlin, Sankhyā A 25:331, 1963). */
export function boundsOfTrimmedMean(differences: Samples, level: number): Interval {
  return boundedBy(level, (side) => trimmedMean(differences, side));
}

function boundedBy(level: number, found: (side: 'low' | 'high') => TrimmedMean): Interval {
  const boundAt = (side: 'low' | 'high'): number | null => {
    const { mean, variance, freedom } = found(side);
    const distance = variance === 0 ? 0 : studentQuantile(level, freedom) * Math.sqrt(variance);
    const bound = side === 'low' ? mean - distance : mean + distance;
    return Number.isFinite(bound) ? bound : null;
  };
  const [low, high] = [boundAt('low'), boundAt('high')];
  return low === null || high === null ? openInterval : { low, high };
}

/** What is missing counts as the worst for a bound: as the smallest values for the lower one. More of them than are left out make the mean infinite. */
function trimmedMean({ sorted, missing, total }: Samples, side: 'low' | 'high'): TrimmedMean {
  const outer = Math.floor(total * trimmedShare);
  const worst = new Float64Array(missing).fill(side === 'low' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY);
  const values = missing === 0 ? sorted : Float64Array.of(...worst, ...sorted).toSorted();
  const left = values.subarray(outer, total - outer);
  const [least, most] = [left[0] ?? Number.NaN, left.at(-1) ?? Number.NaN];
  const drawnIn = values.map((value) => Math.min(Math.max(value, least), most));
  const centre = meanOf(drawnIn);
  const squares = drawnIn.reduce((sum, value) => sum + (value - centre) ** 2, 0);
  return { mean: meanOf(left), variance: squares / (left.length * (left.length - 1)), freedom: left.length - 1 };
}

function meanOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
