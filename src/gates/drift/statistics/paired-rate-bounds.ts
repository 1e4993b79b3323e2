import { binomialWindow } from './binomial-window.ts';
import { binomialAtLeast } from './binomial.ts';
import { heldLevel, ratesBetween } from './held-level.ts';
import type { HeldLevel } from './held-level.ts';
import { normalQuantile } from './normal.ts';
import { tangoLow, tangoScore } from './tango.ts';
import type { Turned } from './tango.ts';

/** More cases are held as if they were so many. */
const mostHeld = 300;

/** As `lowRateBound`, for the rate of gains less the rate of losses of paired cases. The edge lies between −1 and 1, ends excluded. */
export function lowPairedRateBound(turned: Turned, edge: number, level: number): number | null {
  const cases = Math.min(turned.cases, mostHeld);
  const nominal = heldLevel(`pairs ${cases} ${edge}`, level, heldPairs(cases, edge));
  return nominal === null ? null : tangoLow(turned, normalQuantile(nominal));
}

function heldPairs(cases: number, edge: number): () => HeldLevel {
  return () => {
    const rates = ratesBetween(Math.max(0, -edge), (1 - edge) / 2, cases);
    return {
      places: rates.length,
      errorAt: (nominal) => {
        const cuts = cutsOf(cases, edge, normalQuantile(nominal));
        return (place) => ((losing) => chanceAbove(cases, cuts, losing, losing + edge))(rates[place] ?? Number.NaN);
      },
    };
  };
}

/** For each number of losses the fewest gains that put the score above; more than there are cases left: none do. */
function cutsOf(cases: number, edge: number, z: number): readonly number[] {
  let cut = 0;
  return Array.from({ length: cases + 1 }, (_, losses) => {
    while (cut <= cases && tangoScore({ gains: cut, losses, cases }, edge) <= z) cut += 1;
    return cut;
  });
}

/** Losses are binomial, and gains are binomial among the cases without a loss. */
function chanceAbove(cases: number, cuts: readonly number[], losing: number, gaining: number): number {
  const share = losing >= 1 ? 0 : Math.min(1, Math.max(0, gaining / (1 - losing)));
  const { from, chances } = binomialWindow(cases, losing);
  return chances.reduce((sum, chance, index) => {
    const losses = from + index;
    const cut = cuts[losses] ?? cases + 1;
    return chance < 1e-12 || cut > cases - losses ? sum : sum + chance * binomialAtLeast(cut, cases - losses, share);
  }, 0);
}
