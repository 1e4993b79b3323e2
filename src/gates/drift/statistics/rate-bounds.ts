import type { Counted } from './counted.ts';
import { binomialChances, binomialTails, heldLevel, ratesBetween } from './held-level.ts';
import { newcombeLow } from './newcombe.ts';
import { normalQuantile } from './normal.ts';

/** Larger arms are held as if they had so many trials: score bounds grow better with size. */
const mostHeld = 1_000;

/**
 * The lower bound for the difference of two independent rates, first less second, that says something about one edge: it lies above the
 * edge with at most this probability where the difference is the edge or less, whatever the rates. Null: none does.
 */
export function lowRateBound(first: Counted, second: Counted, edge: number, level: number): number | null {
  const [sizeA, sizeB] = [Math.min(first.trials, mostHeld), Math.min(second.trials, mostHeld)];
  const nominal = heldLevel({ key: `rates ${sizeA} ${sizeB} ${edge}`, worst: worstOf(sizeA, sizeB, edge) }, level);
  return nominal === null ? null : newcombeLow(first, second, normalQuantile(nominal));
}

/** By enumeration of every outcome, at rates all along the edge. */
function worstOf(sizeA: number, sizeB: number, edge: number): (nominal: number) => number {
  const rates = ratesBetween(Math.max(0, -edge), Math.min(1, 1 - edge), Math.max(sizeA, sizeB));
  let arms: readonly { readonly chances: Float64Array; readonly tails: Float64Array }[] | null = null;
  return (nominal) => {
    arms ??= rates.map((rate) => ({ chances: binomialChances(sizeB, rate), tails: binomialTails(sizeA, Math.min(Math.max(rate + edge, 0), 1)) }));
    const cuts = cutsOf(sizeA, sizeB, edge, normalQuantile(nominal));
    return arms.reduce((worst, { chances, tails }) => Math.max(worst, cuts.reduce((sum, cut, x) => sum + (chances[x] ?? 0) * (tails[cut] ?? 0), 0)), 0);
  };
}

/** For each count of successes of the second arm the fewest of the first that put the bound above the edge. */
function cutsOf(sizeA: number, sizeB: number, edge: number, z: number): readonly number[] {
  let cut = 0;
  return Array.from({ length: sizeB + 1 }, (_, successes) => {
    while (cut <= sizeA && newcombeLow({ successes: cut, trials: sizeA }, { successes, trials: sizeB }, z) <= edge) cut += 1;
    return cut;
  });
}
