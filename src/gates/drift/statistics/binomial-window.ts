import { binomialProbability } from './binomial.ts';

/** The part of a binomial distribution that is not all but impossible: what is left out sums to less than 10⁻¹⁵. */
export interface BinomialWindow {
  /** The first count that is listed. */
  readonly from: number;
  /** P(X = from), P(X = from + 1), … */
  readonly chances: Float64Array;
  /** P(X ≥ from), P(X ≥ from + 1), … */
  readonly tails: Float64Array;
}

/** A chance that does not count. */
const least = 1e-20;

export function binomialWindow(trials: number, rate: number): BinomialWindow {
  const mode = Math.min(trials, Math.floor((trials + 1) * rate));
  const odds = rate / (1 - rate);
  const all = new Float64Array(trials + 1);
  let [from, to] = [mode, mode];
  all[mode] = binomialProbability(mode, trials, rate);
  for (let chance = all[mode] ?? 0; from > 0; from -= 1) {
    chance *= from / (trials - from + 1) / odds;
    if (!(chance > least)) break;
    all[from - 1] = chance;
  }
  for (let chance = all[mode] ?? 0; to < trials; to += 1) {
    chance *= ((trials - to) / (to + 1)) * odds;
    if (!(chance > least)) break;
    all[to + 1] = chance;
  }
  const chances = all.slice(from, to + 1);
  const tails = chances.slice();
  for (let index = tails.length - 2; index >= 0; index -= 1) tails[index] = (tails[index] ?? 0) + (tails[index + 1] ?? 0);
  return { from, chances, tails };
}

/** P(X ≥ count). */
export function tailAt({ from, tails }: BinomialWindow, count: number): number {
  return count <= from ? 1 : (tails[count - from] ?? 0);
}
