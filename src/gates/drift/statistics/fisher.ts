import { binomialProbability } from './binomial.ts';
import type { Counted } from './counted.ts';

/**
 * The exact probability of at least as many successes in the first of two arms, given both totals, when the rates are equal
 * (R. A. Fisher, Statistical Methods for Research Workers, 5th edition, section 21.02). One-sided.
 */
export function fisherOneSided(first: Counted, second: Counted): number {
  const successes = first.successes + second.successes;
  const [least, most] = [Math.max(0, successes - second.trials), Math.min(first.trials, successes)];
  if (first.successes <= least) return 1;
  const probability = hypergeometric(first.trials, second.trials, successes);
  const mean = (first.trials * successes) / (first.trials + second.trials);
  const tail = first.successes >= mean ? sumFrom(first.successes, most, 1, probability) : 1 - sumFrom(first.successes - 1, least, -1, probability);
  return Math.min(1, Math.max(0, tail));
}

/** P(so many of all successes are in the first arm), from three binomial probabilities in which the rate cancels out. */
function hypergeometric(first: number, second: number, successes: number): (count: number) => number {
  const rate = successes / (first + second);
  const all = binomialProbability(successes, first + second, rate);
  return (count) => (binomialProbability(count, first, rate) * binomialProbability(successes - count, second, rate)) / all;
}

/** Away from the mean, until what follows no longer counts. */
function sumFrom(start: number, end: number, step: 1 | -1, probability: (count: number) => number): number {
  let sum = 0;
  for (let count = start; step * count <= step * end; count += step) {
    const term = probability(count);
    sum += term;
    if (term <= sum * 1e-18) break;
  }
  return sum;
}
