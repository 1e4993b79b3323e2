import type { Random } from './random.ts';

/**
 * P(T ≤ t) for t = 0, 1, … up to the middle, where T sums the ranks of the positive differences, symmetric around 0 and without ties
 * (F. Wilcoxon, Biometrics Bulletin 1:80, 1945): each rank is in the sum or not. Needs n³ / 4 steps.
 */
export function signedRankDistribution(size: number): Float64Array {
  const last = Math.floor((size * (size + 1)) / 4);
  const chances = new Float64Array(last + 1);
  chances[0] = 1;
  for (let rank = 1; rank <= size; rank += 1) for (let sum = last; sum >= 0; sum -= 1) chances[sum] = ((chances[sum] ?? 0) + (chances[sum - rank] ?? 0)) / 2;
  for (let sum = 1; sum <= last; sum += 1) chances[sum] = (chances[sum] ?? 0) + (chances[sum - 1] ?? 0);
  return chances;
}

/** T of random signs. */
export function drawnSignedRanks(size: number, draws: number, random: Random): Float64Array {
  return Float64Array.from({ length: draws }, () => {
    let sum = 0;
    for (let rank = 1; rank <= size; rank += 1) if (random() < 0.5) sum += rank;
    return sum;
  });
}
