import { judgeInterval, refused } from './judge-interval.ts';
import type { Judgeable } from './judge-interval.ts';
import { mcnemarOneSided } from './mcnemar.ts';
import type { Direction, Interval, Levels, Measured } from '../../../domain/behavior/measured.ts';
import { missingBar } from './missing-bar.ts';
import { lowPairedRateBound } from './paired-rate-bounds.ts';
import type { Turned } from './tango.ts';
import { toleratedMargin } from './tolerance.ts';

/** A share of the same cases, in the same order, that succeed. */
export interface PairedRateMetric {
  readonly kind: 'paired-rate';
  /** One boolean a case; anything else is a case without an answer. */
  readonly baseline: readonly unknown[];
  readonly samples: readonly unknown[];
  readonly margin: number;
  readonly direction: Direction;
  /** Largest share of cases without an answer with which it may still pass: 0 in strict. */
  readonly missingCap: number;
}

/** By Tango's score bounds, held to their worst case; a drift has to be one by the exact test of McNemar too. */
export function measurePairedRate(metric: PairedRateMetric, levels: Levels): Measured {
  const { baseline, samples, margin, direction } = metric;
  const { tolerated, objection } = toleratedMargin(margin, direction);
  const common = { method: 'tango-and-mcnemar', levels, tolerated, sizes: { baseline: baseline.length, samples: samples.length } } as const;
  if (objection !== null) return refused(common, objection);
  if (baseline.length !== samples.length) return refused(common, `${samples.length} samples do not pair up with ${baseline.length} of the baseline.`);
  const { cases, gains, losses, unknown } = turnedOf(baseline, samples);
  // Where an answer is missing, the lower bound supposes a loss and the upper one a gain.
  const [lowest, highest] = [{ cases, gains, losses: losses + unknown }, { cases, gains: gains + unknown, losses }];
  return judgeInterval({
    ...common,
    estimate: cases === 0 ? null : (gains - losses) / cases,
    intervalAt: (level, question) => boundsOf(lowest, highest, question === 'inside' ? -margin : margin, level, question),
    isHopeless: (level) => 0.5 ** cases > level,
    bar: missingBar(unknown, cases, metric.missingCap),
  });
}

function turnedOf(baseline: readonly unknown[], samples: readonly unknown[]): Turned & { readonly unknown: number } {
  const pairs = baseline.map((before, index) => [before, samples[index]] as const);
  const count = (holds: (before: unknown, now: unknown) => boolean): number => pairs.filter(([before, now]) => holds(before, now)).length;
  return {
    cases: pairs.length,
    gains: count((before, now) => before === false && now === true),
    losses: count((before, now) => before === true && now === false),
    unknown: count((before, now) => typeof before !== 'boolean' || typeof now !== 'boolean'),
  };
}

function boundsOf(lowest: Turned, highest: Turned, edge: number, level: number, question: Parameters<Judgeable['intervalAt']>[1]): Interval {
  const [low, negativeHigh] = [lowPairedRateBound(lowest, edge, level), lowPairedRateBound({ cases: highest.cases, gains: highest.losses, losses: highest.gains }, edge, level)];
  const high = negativeHigh === null ? null : -negativeHigh;
  if (question === 'inside') return { low, high };
  return { low: mcnemarOneSided(lowest.gains, lowest.losses) <= level ? low : null, high: mcnemarOneSided(highest.losses, highest.gains) <= level ? high : null };
}
