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

export function binomialWindow(trials: number, rate: number): BinomialWindow {
  const mode = Math.min(trials, Math.floor((trials + 1) * rate));
  const peak = binomialProbability(mode, trials, rate);
  const odds = rate / (1 - rate);
  const below = walk(peak, mode, 0, (x) => x / (trials - x + 1) / odds).toReversed();
  const above = walk(peak, mode, trials, (x) => ((trials - x) / (x + 1)) * odds);
  const chances = Float64Array.from([...below, peak, ...above]);
  const tails = chances.slice();
  for (let index = tails.length - 2; index >= 0; index -= 1) tails[index] = (tails[index] ?? 0) + (tails[index + 1] ?? 0);
  return { from: mode - below.length, chances, tails };
}

/** From the mode to an end, until a chance does not count. `ratio` is that of the next chance to the one at `x`. */
function walk(peak: number, mode: number, end: number, ratio: (x: number) => number): readonly number[] {
  const found: number[] = [];
  const step = Math.sign(end - mode);
  for (let [x, chance] = [mode, peak]; x !== end; x += step) {
    chance *= ratio(x);
    if (!(chance > 1e-20)) break;
    found.push(chance);
  }
  return found;
}

/** P(X ≥ count). */
export function tailAt({ from, tails }: BinomialWindow, count: number): number {
  return count <= from ? 1 : (tails[count - from] ?? 0);
}
