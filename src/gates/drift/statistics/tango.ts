import { bisect } from './bisect.ts';

/** Paired cases that succeed before and after, or neither, are in `cases` alone. */
export interface Turned {
  /** Cases that failed at the baseline and succeed now. */
  readonly gains: number;
  /** Cases that succeeded at the baseline and fail now. */
  readonly losses: number;
  readonly cases: number;
}

/**
 * How far the observed difference, gains less losses, lies above a supposed one, in standard errors (T. Tango, Statistics in
 * Medicine 17:891, 1998: the score with the rate of losses most likely under that difference).
 * @param supposed Between −1 and 1, ends excluded.
 */
export function tangoScore({ gains, losses, cases }: Turned, supposed: number): number {
  const linear = -gains - losses + (2 * cases - gains + losses) * supposed;
  const constant = -losses * supposed * (1 - supposed);
  const likely = (Math.sqrt(Math.max(linear * linear - 8 * cases * constant, 0)) - linear) / (4 * cases);
  const variance = cases * (2 * likely + supposed * (1 - supposed));
  const distance = gains - losses - cases * supposed;
  return distance === 0 ? 0 : distance / Math.sqrt(Math.max(variance, 0));
}

/** The lower bound for the rate of gains less the rate of losses; the upper bound is its negative with gains and losses exchanged. */
export function tangoLow(turned: Turned, z: number): number {
  const observed = (turned.gains - turned.losses) / turned.cases;
  return observed === -1 ? -1 : bisect(-1, observed, (supposed) => tangoScore(turned, supposed) > z);
}
