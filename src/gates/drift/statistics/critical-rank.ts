import { kept } from './kept.ts';
import { randomFrom } from './random.ts';
import { drawnRankSums, rankSumDistribution } from './rank-sum.ts';
import { drawnSignedRanks, signedRankDistribution } from './signed-rank.ts';

/** Which of the ordered differences or means is a bound. */
export interface CriticalRank {
  /** Counted from the end, from 1 on; 0: no bound has this confidence. */
  readonly rank: number;
  readonly how: 'exact' | 'permutation';
}

export const permutationDraws = 10_000;
const seed = 20_261_204;

/** The exact distribution of a larger test takes more steps than a gate has time for: some 100 values an arm, or 158 pairs. */
const exactSteps = 1_000_000;

/**
 * Values that draws are made of, whatever the size: among so many and more, statistics differ in their middle and deviation alone, by less than draws do. So an answer takes
 * no longer the more values there are, and whoever sends them can not make it.
 */
const drawnSize = 300;

/** P(statistic ≤ 0), P(statistic ≤ 1), …; or the statistic of each draw, ascending, in deviations from the middle. */
type Null = { readonly how: 'exact'; readonly atMost: Float64Array } | { readonly how: 'permutation'; readonly drawn: Float64Array };

/** Where a statistic lies when nothing changed. */
interface Spread {
  readonly middle: number;
  readonly deviation: number;
}

const [exactShifts, exactPairs, draws] = [kept<Null>(), kept<Null>(), kept<Null>()];

/** The bound for the shift between two independent arms. */
export function criticalRankOfShift(sizes: readonly [number, number], level: number): CriticalRank {
  const isExact = sizes[0] * sizes[1] * Math.min(...sizes) <= exactSteps;
  const known = isExact
    ? exactShifts(`${Math.min(...sizes)} ${Math.max(...sizes)}`, () => ({ how: 'exact', atMost: rankSumDistribution(sizes) }))
    : draws('shift', () => standardized(drawnRankSums([drawnSize, drawnSize], permutationDraws, randomFrom(seed)), spreadOfRankSum([drawnSize, drawnSize])));
  return rankAt(level, known, spreadOfRankSum(sizes));
}

/** The bound for the centre of paired differences. */
export function criticalRankOfPairs(size: number, level: number): CriticalRank {
  const known = size ** 3 / 4 <= exactSteps
    ? exactPairs(String(size), () => ({ how: 'exact', atMost: signedRankDistribution(size) }))
    : draws('pairs', () => standardized(drawnSignedRanks(drawnSize, permutationDraws, randomFrom(seed)), spreadOfSignedRanks(drawnSize)));
  return rankAt(level, known, spreadOfSignedRanks(size));
}

function spreadOfRankSum([m, n]: readonly [number, number]): Spread {
  return { middle: (m * n) / 2, deviation: Math.sqrt((m * n * (m + n + 1)) / 12) };
}

function spreadOfSignedRanks(n: number): Spread {
  return { middle: (n * (n + 1)) / 4, deviation: Math.sqrt((n * (n + 1) * (2 * n + 1)) / 24) };
}

function standardized(drawn: Float64Array, { middle, deviation }: Spread): Null {
  return { how: 'permutation', drawn: drawn.map((value) => (value - middle) / deviation).toSorted() };
}

function rankAt(level: number, known: Null, spread: Spread): CriticalRank {
  return { how: known.how, rank: known.how === 'exact' ? exactRank(known.atMost, level) : drawnRank(known.drawn, level, spread) };
}

/** The largest rank c with P(statistic ≤ c − 1) ≤ level. */
function exactRank(atMost: Float64Array, level: number): number {
  let [known, open] = [0, atMost.length];
  while (known < open) {
    const middle = Math.floor((known + open) / 2);
    if ((atMost[middle] ?? 1) <= level) known = middle + 1;
    else open = middle;
  }
  return known;
}

/** The same by draws, of which the observed one counts as one: (k + 1) / (B + 1) ≤ level (B. Phipson and G. K. Smyth, 2010). */
function drawnRank(drawn: Float64Array, level: number, { middle, deviation }: Spread): number {
  const allowed = Math.floor(level * (drawn.length + 1)) - 1;
  const place = allowed < 0 ? undefined : drawn[allowed];
  return place === undefined ? 0 : Math.max(0, Math.floor(middle + place * deviation));
}
