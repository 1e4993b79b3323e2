import type { Random } from './random.ts';

/**
 * P(U ≤ u) for u = 0, 1, … up to the middle, where U counts the pairs in which a value of the one arm is below one of the
 * other, both from one distribution without ties (H. B. Mann and D. R. Whitney, Annals of Mathematical Statistics 18:50, 1947).
 * The counts are the coefficients of the Gaussian binomial: the product of (1 − q^(n+i)) / (1 − q^i) for i = 1 … m, scaled at
 * each step to a distribution. Needs m·m·n steps.
 */
export function rankSumDistribution(sizes: readonly [number, number]): Float64Array {
  const [few, many] = [Math.min(...sizes), Math.max(...sizes)];
  const last = Math.floor((few * many) / 2);
  const chances = new Float64Array(last + 1);
  chances[0] = 1;
  for (let index = 1; index <= few; index += 1) {
    const scale = index / (many + index);
    for (let u = index; u <= last; u += 1) chances[u] = (chances[u] ?? 0) + (chances[u - index] ?? 0);
    for (let u = last; u >= 0; u -= 1) chances[u] = ((chances[u] ?? 0) - (chances[u - many - index] ?? 0)) * scale;
  }
  for (let u = 1; u <= last; u += 1) chances[u] = (chances[u] ?? 0) + (chances[u - 1] ?? 0);
  return chances;
}

/** U of random arms, by a random choice of the ranks of the smaller one. */
export function drawnRankSums(sizes: readonly [number, number], draws: number, random: Random): Float64Array {
  const [few, all] = [Math.min(...sizes), sizes[0] + sizes[1]];
  const ranks = Int32Array.from({ length: all }, (_, rank) => rank);
  const least = (few * (few - 1)) / 2;
  return Float64Array.from({ length: draws }, () => {
    let sum = 0;
    for (let place = 0; place < few; place += 1) {
      const from = place + Math.floor(random() * (all - place));
      const chosen = ranks[from] ?? 0;
      ranks[from] = ranks[place] ?? 0;
      ranks[place] = chosen;
      sum += chosen;
    }
    return sum - least;
  });
}
