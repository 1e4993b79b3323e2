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

/** Steps of the exact distribution of a larger test would take longer than 10,000 draws. */
const exactSteps = 10_000_000;

/** P(statistic ≤ 0), P(statistic ≤ 1), …, or the statistic of each draw. */
type Null = { readonly how: 'exact'; readonly atMost: Float64Array } | { readonly how: 'permutation'; readonly drawn: Float64Array };

const [shifts, pairs] = [kept<Null>(), kept<Null>()];

/** The bound for the shift between two independent arms. */
export function criticalRankOfShift(sizes: readonly [number, number], level: number): CriticalRank {
  return rankAt(level, shifts(`${Math.min(...sizes)} ${Math.max(...sizes)}`, () => {
    if (sizes[0] * sizes[1] * Math.min(...sizes) <= exactSteps) return { how: 'exact', atMost: rankSumDistribution(sizes) };
    return { how: 'permutation', drawn: drawnRankSums(sizes, permutationDraws, randomFrom(seed)).toSorted() };
  }));
}

/** The bound for the centre of paired differences. */
export function criticalRankOfPairs(size: number, level: number): CriticalRank {
  return rankAt(level, pairs(String(size), () => {
    if (size ** 3 / 4 <= exactSteps) return { how: 'exact', atMost: signedRankDistribution(size) };
    return { how: 'permutation', drawn: drawnSignedRanks(size, permutationDraws, randomFrom(seed)).toSorted() };
  }));
}

function rankAt(level: number, known: Null): CriticalRank {
  return { how: known.how, rank: known.how === 'exact' ? exactRank(known.atMost, level) : drawnRank(known.drawn, level) };
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

/** The same by draws, ascending, of which the observed one counts as one: (k + 1) / (B + 1) ≤ level (B. Phipson and G. K. Smyth, 2010). */
function drawnRank(drawn: Float64Array, level: number): number {
  const allowed = Math.floor(level * (drawn.length + 1)) - 1;
  return allowed < 0 ? 0 : (drawn[allowed] ?? 0);
}
