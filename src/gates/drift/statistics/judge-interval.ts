import { openInterval } from '../../../domain/behavior/measured.ts';
import type { Interval, Levels, Measured, Method, Sizes } from '../../../domain/behavior/measured.ts';
import { inWords } from '../../../domain/behavior/in-words.ts';

/** Fewer values in an arm can not be significant at any usual level. */
export const fewestValues = 4;

/** What a method says about one metric. */
export interface Judgeable {
  readonly method: Method;
  readonly sizes: Sizes;
  readonly levels: Levels;
  readonly tolerated: Interval;
  readonly estimate: number | null;
  /**
   * Each bound is wrong with at most this probability. Bounds may be made for one question: whether all of it lies inside of what
   * is tolerated, or outside.
   */
  readonly intervalAt: (level: number, question: 'inside' | 'outside') => Interval;
  /** Even the most extreme values could show no drift at this level: nothing is judged then. */
  readonly isHopeless: (level: number) => boolean;
  /** Why it must not pass, whatever the interval; null: nothing is against it. */
  readonly bar: string | null;
}

/**
 * Inside of what is tolerated → pass, outside → drift, else inconclusive. A bound that lies on the edge is neither: with rounded values
 * that is as likely as being beyond it.
 */
export function judgeInterval(judged: Judgeable): Measured {
  const { tolerated, levels, sizes, intervalAt, bar } = judged;
  const level = driftLevel(levels, tolerated);
  if (!(levels.pass > 0 && level > 0)) return refused(judged, noConfidence);
  if (Math.min(sizes.samples, sizes.baseline ?? sizes.samples) < fewestValues) return refused(judged, `${sizesInWords(sizes)}: at least ${fewestValues} are needed on each side.`, 'needs more');
  if (judged.isHopeless(level)) return refused(judged, `${sizesInWords(sizes)}: even the most extreme values would not be significant at the level of ${inWords(level)}. Take more samples.`, 'needs more');
  const outside = intervalAt(level, 'outside');
  if (liesOutside(outside, tolerated)) return answered(judged, 'drift', outside, level, `All of ${inWords(outside)} lies beyond the tolerated ${inWords(tolerated)}.`);
  const interval = intervalAt(levels.pass, 'inside');
  if (bar !== null) return answered(judged, 'inconclusive', interval, levels.pass, bar);
  if (liesInside(interval, tolerated)) return answered(judged, 'pass', interval, levels.pass, `All of ${inWords(interval)} lies inside the tolerated ${inWords(tolerated)}.`);
  return answered(judged, 'inconclusive', interval, levels.pass, `${inWords(interval)} lies neither inside nor beyond the tolerated ${inWords(tolerated)}. More samples narrow it.`, 'needs more');
}

export const noConfidence = 'The confidence is no number between 0.5 and 1.';

/** Nothing could be said, for a reason that no interval shows. */
export function refused({ method, sizes, levels, tolerated }: Pick<Judgeable, 'method' | 'sizes' | 'levels' | 'tolerated'>, why: string, lacks: 'needs more' | null = null): Measured {
  return { method, verdict: 'inconclusive', needsMore: lacks !== null, estimate: null, interval: openInterval, tolerated, confidence: 1 - levels.pass, sizes, why };
}

/** A drift may show at two ends: each may be wrong half as often. */
function driftLevel({ drift }: Levels, { low, high }: Interval): number {
  return low !== null && high !== null ? drift / 2 : drift;
}

function answered({ method, estimate, tolerated, sizes }: Judgeable, verdict: Measured['verdict'], interval: Interval, level: number, why: string, lacks: 'needs more' | null = null): Measured {
  return { method, verdict, needsMore: lacks !== null, estimate, interval, tolerated, confidence: 1 - level, sizes, why };
}

export function liesInside({ low, high }: Interval, tolerated: Interval): boolean {
  const fromBelow = tolerated.low === null || (low !== null && low > tolerated.low);
  const fromAbove = tolerated.high === null || (high !== null && high < tolerated.high);
  // Where everything is tolerated nothing was asked.
  return fromBelow && fromAbove && (tolerated.low !== null || tolerated.high !== null);
}

export function liesOutside({ low, high }: Interval, tolerated: Interval): boolean {
  return (tolerated.high !== null && low !== null && low > tolerated.high) || (tolerated.low !== null && high !== null && high < tolerated.low);
}

function sizesInWords({ baseline, samples }: Sizes): string {
  const words = `${samples} ${samples === 1 ? 'sample' : 'samples'}`;
  return baseline === null ? words : `${words} beside ${baseline} of the baseline`;
}
