import { clopperPearson } from './clopper-pearson.ts';
import { isCounted } from './counted.ts';
import type { Counted } from './counted.ts';
import { judgeInterval, liesOutside, refused } from './judge-interval.ts';
import type { Judgeable } from './judge-interval.ts';
import type { Direction, Levels, Measured } from '../../../domain/behavior/measured.ts';
import { lowRateBound } from './rate-bounds.ts';
import { toleratedMargin } from './tolerance.ts';

/** A share of trials that succeed, of cases that are not the same ones as at the baseline. */
export interface RateMetric {
  readonly kind: 'rate';
  /** Counted, or an agreed rate between 0 and 1. */
  readonly baseline: Counted | number;
  /** Trials without an answer, and retries, are trials. */
  readonly samples: Counted;
  /** How far the rate may move, between 0 and 1. */
  readonly margin: number;
  readonly direction: Direction;
}

/** Against a counted baseline by Newcombe's bounds, held to their worst case; against an agreed rate by the exact ones of Clopper and Pearson. */
export function measureRate(metric: RateMetric, levels: Levels): Measured {
  const { baseline, samples, margin, direction } = metric;
  const { tolerated, objection } = toleratedMargin(margin, direction);
  const isAgreed = typeof baseline === 'number';
  const common = { method: isAgreed ? ('clopper-pearson' as const) : ('newcombe' as const), levels, tolerated, sizes: { baseline: isAgreed ? null : baseline.trials, samples: samples.trials } };
  if (objection !== null) return refused(common, objection);
  if (!isCounted(samples)) return refused(common, `The samples are no counts: ${String(samples.successes)} of ${String(samples.trials)}.`);
  if (isAgreed ? !(baseline >= 0 && baseline <= 1) : !isCounted(baseline)) return refused(common, 'The baseline is neither counts nor a rate between 0 and 1.');
  const intervalFor = (counted: Counted): Judgeable['intervalAt'] => (isAgreed ? againstRate(counted, baseline) : againstCounts(counted, baseline, margin));
  const extremes = [0, samples.trials].map((successes) => intervalFor({ successes, trials: samples.trials }));
  return judgeInterval({
    ...common,
    estimate: samples.successes / samples.trials - (isAgreed ? baseline : baseline.successes / baseline.trials),
    intervalAt: intervalFor(samples),
    isHopeless: (level) => !extremes.some((extreme) => liesOutside(extreme(level, 'outside'), tolerated)),
    bar: null,
  });
}

function againstRate(samples: Counted, baseline: number): Judgeable['intervalAt'] {
  return (level) => {
    const { low, high } = clopperPearson(samples, level);
    return { low: low - baseline, high: high - baseline };
  };
}

/** Each bound is held at the edge that it decides about: the far one for a pass, the near one for a drift. */
function againstCounts(samples: Counted, baseline: Counted, margin: number): Judgeable['intervalAt'] {
  return (level, question) => {
    const edge = question === 'inside' ? -margin : margin;
    const [low, negativeHigh] = [lowRateBound(samples, baseline, edge, level), lowRateBound(baseline, samples, edge, level)];
    return { low, high: negativeHigh === null ? null : -negativeHigh };
  };
}
