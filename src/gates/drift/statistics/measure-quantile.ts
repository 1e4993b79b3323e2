import { constantBar } from './constant-bar.ts';
import { judgeInterval, refused } from './judge-interval.ts';
import { openInterval } from '../../../domain/behavior/measured.ts';
import type { Direction, Interval, Levels, Measured } from '../../../domain/behavior/measured.ts';
import { missingBar } from './missing-bar.ts';
import { quantileOf, quantileRanks } from './order-statistic.ts';
import { isFiniteNumber, readSamples } from './read-samples.ts';
import type { Samples } from './read-samples.ts';
import { intervalAtEdges, toleratedShift } from './tolerance.ts';
import type { Tolerance } from './tolerance.ts';
import { unusableArm } from './unusable-arm.ts';

/** A quantile of a quantity, such as the 95th percentile of a latency. */
export interface QuantileMetric {
  readonly kind: 'quantile';
  /** Between 0 and 1, ends excluded. */
  readonly quantile: number;
  /** Measured values, or the agreed quantile. A relative tolerance is relative to that quantile. */
  readonly baseline: readonly unknown[] | number;
  readonly samples: readonly unknown[];
  readonly tolerance: Tolerance;
  readonly direction: Direction;
  readonly missingCap: number;
}

/**
 * Bounds of each arm by order statistics; those of the difference by square-and-add, as Newcombe's are (G. Y. Zou and A. Donner,
 * Statistics in Medicine 27:1693, 2008). Against an agreed quantile they are exact.
 */
export function measureQuantile(metric: QuantileMetric, levels: Levels): Measured {
  const { quantile } = metric;
  const samples = readSamples(metric.samples);
  const baseline = typeof metric.baseline === 'number' ? null : readSamples(metric.baseline);
  const common = { method: 'order-statistics', levels, sizes: { baseline: baseline === null ? null : baseline.total, samples: samples.total } } as const;
  const location = typeof metric.baseline === 'number' ? metric.baseline : quantileOf(readSamples(metric.baseline).sorted, quantile);
  const range = toleratedShift(metric.tolerance, metric.direction, location);
  const unusable = unusableSide(quantile, location, baseline, samples) ?? (range.kind === 'unusable' ? range.why : null);
  if (unusable !== null || range.kind === 'unusable') return refused({ ...common, tolerated: openInterval }, unusable ?? '');
  const estimate = quantileOf(samples.sorted, quantile);
  const agreed = (level: number): Interval => (baseline === null ? { low: location, high: location } : boundsOf(baseline, quantile, level));
  return judgeInterval({
    ...common,
    tolerated: range.tolerated,
    estimate: estimate - location,
    intervalAt: (level, question) => intervalAtEdges(range.edges, question, ({ factor }) => differenceOf(estimate, boundsOf(samples, quantile, level), location * factor, times(agreed(level), factor))),
    isHopeless: (level) => !canDrift(quantileRanks(samples.total, quantile, level), agreed(level), range.tolerated),
    bar: missingBar(samples.missing, samples.total, metric.missingCap) ?? (baseline === null ? null : missingBar(baseline.missing, baseline.total, metric.missingCap)) ?? constantBar(samples, ...(baseline === null ? [] : [baseline])),
  });
}

function unusableSide(quantile: number, location: number, baseline: Samples | null, samples: Samples): string | null {
  if (!(quantile > 0 && quantile < 1)) return `The quantile ${String(quantile)} is no number between 0 and 1.`;
  const arms = (baseline === null ? null : unusableArm('baseline', baseline)) ?? unusableArm('samples', samples);
  return arms ?? (isFiniteNumber(location) ? null : 'The baseline is no number.');
}

/** Missing values are the largest for the upper bound, and the smallest for the lower one. */
function boundsOf({ sorted, missing, total }: Samples, quantile: number, level: number): Interval {
  const { low, high } = quantileRanks(total, quantile, level);
  return { low: low === null ? null : (sorted[low - missing - 1] ?? null), high: high === null ? null : (sorted[high - 1] ?? null) };
}

function differenceOf(found: number, foundBounds: Interval, agreed: number, agreedBounds: Interval): Interval {
  const difference = found - agreed;
  return {
    low: foundBounds.low === null || agreedBounds.high === null ? null : difference - Math.hypot(found - foundBounds.low, agreedBounds.high - agreed),
    high: foundBounds.high === null || agreedBounds.low === null ? null : difference + Math.hypot(foundBounds.high - found, agreed - agreedBounds.low),
  };
}

/** Bounds of a multiple; a negative one exchanges them. */
function times({ low, high }: Interval, factor: number): Interval {
  const [first, second] = factor < 0 ? [high, low] : [low, high];
  return { low: first === null ? null : first * factor, high: second === null ? null : second * factor };
}

function canDrift(ranks: ReturnType<typeof quantileRanks>, agreed: Interval, tolerated: Interval): boolean {
  return (tolerated.high !== null && ranks.low !== null && agreed.high !== null) || (tolerated.low !== null && ranks.high !== null && agreed.low !== null);
}
