import { binomialAtLeast, binomialAtMost } from './binomial.ts';

/**
 * Which ordered values, counted from 1, bound a quantile, whatever the distribution (W. R. Thompson, Annals of Mathematical Statistics
 * 7:122, 1936): the number of values below it is binomial. Each bound is wrong with at most this probability; null: no value of so
 * few is a bound. The upper one of the 0.95 quantile needs 59 values for a level of 0.05.
 */
export function quantileRanks(size: number, quantile: number, level: number): { readonly low: number | null; readonly high: number | null } {
  // The largest r with P(X ≤ r − 1) ≤ level, and the smallest s with P(X ≥ s) ≤ level.
  const low = lastWhere(size, (rank) => binomialAtMost(rank - 1, size, quantile) <= level);
  const high = size + 1 - lastWhere(size, (fromEnd) => binomialAtLeast(size + 1 - fromEnd, size, quantile) <= level);
  return { low: low === 0 ? null : low, high: high > size ? null : high };
}

/** The last of 1 … size for which it holds, where it holds for all before; 0 for none. */
function lastWhere(size: number, holds: (rank: number) => boolean): number {
  let [known, open] = [0, size + 1];
  while (open - known > 1) {
    const middle = Math.floor((known + open) / 2);
    if (holds(middle)) known = middle;
    else open = middle;
  }
  return known;
}

/** The smallest value that covers the share. NaN of none. */
export function quantileOf(sorted: Float64Array, quantile: number): number {
  return sorted[Math.max(Math.ceil(sorted.length * quantile) - 1, 0)] ?? Number.NaN;
}
