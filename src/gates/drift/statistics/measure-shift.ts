import { constantBar } from './constant-bar.ts';
import { criticalRankOfShift } from './critical-rank.ts';
import { judgeInterval, refused } from './judge-interval.ts';
import { kolmogorovSmirnov } from './kolmogorov-smirnov.ts';
import { inWords } from '../../../domain/behavior/in-words.ts';
import { openInterval } from '../../../domain/behavior/measured.ts';
import type { Direction, Interval, Levels, Measured } from '../../../domain/behavior/measured.ts';
import { missingBar } from './missing-bar.ts';
import { unlessPartMoved } from './moved-part.ts';
import { differencesOf } from './ordered-pairs.ts';
import { placementSpread } from './placement-spread.ts';
import { boundsByRank, middleOf } from './ranked-bounds.ts';
import { medianOf, readSamples } from './read-samples.ts';
import type { Samples } from './read-samples.ts';
import { intervalAtEdges, scaled, toleratedShift } from './tolerance.ts';
import type { Tolerance } from './tolerance.ts';
import { differenceOfTrimmedMeans } from './trimmed-mean.ts';
import { unusableArm } from './unusable-arm.ts';

/** Values of a quantity, measured independently at the baseline and now. Retries are values. */
export interface ShiftMetric {
  readonly kind: 'shift';
  /** Anything but a finite number is a missing value: it counts as the worst one for each bound. */
  readonly baseline: readonly unknown[];
  readonly samples: readonly unknown[];
  readonly tolerance: Tolerance;
  readonly direction: Direction;
  /** Largest share of missing values of an arm with which it may still pass: 0 in strict. */
  readonly missingCap: number;
  /** Whether a pass is looked at again for a change of shape, which a shift does not show. Needs 20 values an arm. */
  readonly secondLook: boolean;
}

/** The shift of J. L. Hodges and E. L. Lehmann (Annals of Mathematical Statistics 34:598, 1963): the median of all differences, its bounds by rank. A pass holds for the mean without the outer tenths too. */
export function measureShift(metric: ShiftMetric, levels: Levels): Measured {
  const [baseline, samples] = [readSamples(metric.baseline), readSamples(metric.samples)];
  const sizes = { baseline: baseline.total, samples: samples.total };
  const method = 'hodges-lehmann-exact';
  const range = toleratedShift(metric.tolerance, metric.direction, medianOf(baseline.sorted));
  const unusable = unusableArm('baseline', baseline) ?? unusableArm('samples', samples) ?? (range.kind === 'unusable' ? range.why : null);
  if (unusable !== null || range.kind === 'unusable') return refused({ method, sizes, levels, tolerated: openInterval }, unusable ?? '');
  const pairOfSizes = [samples.total, baseline.total] as const;
  const measured = judgeInterval({
    method: criticalRankOfShift(pairOfSizes, levels.pass).how === 'exact' ? method : 'hodges-lehmann-permutation',
    sizes,
    levels,
    tolerated: range.tolerated,
    estimate: middleOf(differencesOf(samples.sorted, baseline.sorted)),
    intervalAt: (level, question) => intervalAtEdges(range.edges, question, ({ factor }) => boundsOfShift(samples, { ...baseline, sorted: scaled(baseline.sorted, factor) }, level)),
    isHopeless: (level) => criticalRankOfShift(pairOfSizes, level).rank === 0,
    bar: missingBar(samples.missing, samples.total, metric.missingCap) ?? missingBar(baseline.missing, baseline.total, metric.missingCap) ?? constantBar(baseline, samples),
  });
  const whole = unlessPartMoved(measured, () => intervalAtEdges(range.edges, 'inside', ({ factor }) => differenceOfTrimmedMeans(samples, { ...baseline, sorted: scaled(baseline.sorted, factor) }, levels.pass)));
  return metric.secondLook && whole.verdict === 'pass' ? lookedAtAgain(whole, baseline, samples, levels) : whole;
}

/** By rank, counted from the ends; further out by as much as unequal spread makes ranks of unequal arms vary more. */
function boundsOfShift(samples: Samples, baseline: Samples, level: number): Interval {
  const table = differencesOf(samples.sorted, baseline.sorted);
  const all = samples.total * baseline.total;
  const { rank } = criticalRankOfShift([samples.total, baseline.total], level);
  const spread = samples.sorted.length === baseline.sorted.length ? 1 : placementSpread(samples.sorted, baseline.sorted, middleOf(table));
  return boundsByRank(table, all, Math.floor(all / 2 - (all / 2 - rank) * spread));
}

const fewestForShape = 20;

/** The second look only ever takes a pass back: it knows no tolerance. */
function lookedAtAgain(measured: Measured, baseline: Samples, samples: Samples, { drift }: Levels): Measured {
  if (Math.min(baseline.sorted.length, samples.sorted.length) < fewestForShape) return { ...measured, verdict: 'inconclusive', needsMore: true, why: `The shift is tolerated, but a look at the shape needs ${fewestForShape} values on each side.` };
  const { distance, probability } = kolmogorovSmirnov(baseline.sorted, samples.sorted);
  if (probability > drift) return measured;
  return { ...measured, verdict: 'inconclusive', why: `The shift is tolerated, but the shape changed: the distributions are ${inWords(distance)} apart, which happens with probability ${inWords(probability)} when nothing changed.` };
}
