import { binomialAtLeast, binomialAtMost } from './binomial.ts';
import { bisect } from './bisect.ts';
import type { Counted } from './counted.ts';

/**
 * Exact bounds for a rate, each wrong with at most this probability (C. J. Clopper and E. S. Pearson, Biometrika 26, 1934).
 * Both together make a two-sided interval with confidence 1 − 2·level.
 */
export function clopperPearson({ successes, trials }: Counted, level: number): { readonly low: number; readonly high: number } {
  return { low: lowest(successes, trials, level), high: highest(successes, trials, level) };
}

function lowest(successes: number, trials: number, level: number): number {
  if (successes === 0) return 0;
  if (successes === trials) return Math.exp(Math.log(level) / trials);
  return bisect(0, successes / trials, (rate) => binomialAtLeast(successes, trials, rate) <= level);
}

function highest(successes: number, trials: number, level: number): number {
  if (successes === trials) return 1;
  if (successes === 0) return -Math.expm1(Math.log(level) / trials);
  return bisect(successes / trials, 1, (rate) => binomialAtMost(successes, trials, rate) > level);
}
