import { inWords } from '../../../domain/behavior/in-words.ts';
import type { Interval, Measured } from '../../../domain/behavior/measured.ts';
import { liesInside, liesOutside } from './judge-interval.ts';

/**
 * A pass by ranks has to hold for the mean without the outer tenths too. The middle of all differences stands still until half of them
 * moved: where values are tied, or lie in peaks far from each other, a third of them moves by any distance and its interval has no width.
 * Where all values move alike both say the same. It only ever takes a pass back.
 * @param boundsOfMean Of how far that mean moved, at the level of a pass.
 */
export function unlessPartMoved(measured: Measured, boundsOfMean: () => Interval): Measured {
  if (measured.verdict !== 'pass') return measured;
  const trimmed = boundsOfMean();
  if (liesInside(trimmed, measured.tolerated)) return measured;
  const { low, high } = trimmed;
  const moved = low === null || high === null ? 'may have moved by any distance' : `moved by ${inWords((low + high) / 2)} (${inWords(trimmed)})`;
  return {
    ...measured,
    verdict: 'inconclusive',
    needsMore: !liesOutside(trimmed, measured.tolerated),
    why: `The middle of all differences is tolerated, but the mean without the outer tenths ${moved}: a part of the values moved far. Count that part as a rate, judge a quantile, or take more samples.`,
  };
}
