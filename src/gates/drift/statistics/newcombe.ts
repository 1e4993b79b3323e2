import type { Counted } from './counted.ts';

/**
 * The lower bound for the difference of two independent rates, first less second, by the hybrid of two score intervals
 * (R. G. Newcombe, Statistics in Medicine 17:873, 1998, method 10 without continuity correction). The upper bound is the
 * negative of the lower bound for second less first.
 * @param z The normal quantile of each bound.
 */
export function newcombeLow(first: Counted, second: Counted, z: number): number {
  const [rate, other] = [first.successes / first.trials, second.successes / second.trials];
  return rate - other - Math.hypot(rate - scoreBounds(first, z).low, scoreBounds(second, z).high - other);
}

/** The score interval of E. B. Wilson (Journal of the American Statistical Association 22:209, 1927). */
export function scoreBounds({ successes, trials }: Counted, z: number): { readonly low: number; readonly high: number } {
  const rate = successes / trials;
  const square = (z * z) / trials;
  const half = z * Math.sqrt((rate * (1 - rate) + square / 4) / trials);
  const middle = rate + square / 2;
  // At the ends the two terms cancel to nothing but rounding.
  return { low: successes === 0 ? 0 : (middle - half) / (1 + square), high: successes === trials ? 1 : (middle + half) / (1 + square) };
}
