import { constantBar } from './constant-bar.ts';
import { criticalRankOfPairs } from './critical-rank.ts';
import { judgeInterval, refused } from './judge-interval.ts';
import { openInterval } from '../../../domain/behavior/measured.ts';
import type { Direction, Levels, Measured } from '../../../domain/behavior/measured.ts';
import { missingBar } from './missing-bar.ts';
import { meansOf } from './ordered-pairs.ts';
import { unlessPartMoved } from './moved-part.ts';
import { boundsByRank, middleOf } from './ranked-bounds.ts';
import { isFiniteNumber, medianOf, readSamples } from './read-samples.ts';
import { toleratedShift } from './tolerance.ts';
import type { Tolerance } from './tolerance.ts';
import { boundsOfTrimmedMean } from './trimmed-mean.ts';
import { unusableArm } from './unusable-arm.ts';

/** Values of the same cases, in the same order, at the baseline and now. */
export interface PairedShiftMetric {
  readonly kind: 'paired-shift';
  readonly baseline: readonly unknown[];
  readonly samples: readonly unknown[];
  readonly tolerance: Tolerance;
  readonly direction: Direction;
  /** Largest share of cases without a value on either side with which it may still pass: 0 in strict. */
  readonly missingCap: number;
}

/** The centre of the differences: the median of their means two by two, its bounds by Wilcoxon's signed ranks (J. W. Tukey, 1949; Hodges and Lehmann, 1963). A pass holds for their mean without the outer tenths too. */
export function measurePairedShift(metric: PairedShiftMetric, levels: Levels): Measured {
  const [baseline, samples] = [readSamples(metric.baseline), readSamples(metric.samples)];
  const sizes = { baseline: baseline.total, samples: samples.total };
  const method = 'signed-rank-exact';
  const range = toleratedShift(metric.tolerance, metric.direction, medianOf(baseline.sorted));
  const pairing = baseline.total === samples.total ? null : `${samples.total} samples do not pair up with ${baseline.total} of the baseline.`;
  const differences = readSamples(metric.samples.map((now, index) => differenceOf(now, metric.baseline[index])));
  const unusable = unusableArm('baseline', baseline) ?? unusableArm('samples', samples) ?? pairing ?? unusableArm('samples', differences) ?? (range.kind === 'unusable' ? range.why : null);
  if (unusable !== null || range.kind === 'unusable') return refused({ method, sizes, levels, tolerated: openInterval }, unusable ?? '');
  const table = meansOf(differences.sorted);
  const measured = judgeInterval({
    method: criticalRankOfPairs(differences.total, levels.pass).how === 'exact' ? method : 'signed-rank-permutation',
    sizes,
    levels,
    tolerated: range.tolerated,
    estimate: middleOf(table),
    intervalAt: (level) => boundsByRank(table, (differences.total * (differences.total + 1)) / 2, criticalRankOfPairs(differences.total, level).rank),
    isHopeless: (level) => criticalRankOfPairs(differences.total, level).rank === 0,
    bar: missingBar(differences.missing, differences.total, metric.missingCap) ?? constantBar(baseline, samples),
  });
  return unlessPartMoved(measured, () => boundsOfTrimmedMean(differences, levels.pass));
}

function differenceOf(now: unknown, before: unknown): number | null {
  return isFiniteNumber(now) && isFiniteNumber(before) ? now - before : null;
}
