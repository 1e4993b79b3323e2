import { binomialWindow, tailAt } from './binomial-window.ts';
import type { BinomialWindow } from './binomial-window.ts';
import { clopperPearson } from './clopper-pearson.ts';
import type { Counted } from './counted.ts';
import { heldLevel, ratesBetween } from './held-level.ts';
import type { HeldLevel } from './held-level.ts';
import { newcombeLow } from './newcombe.ts';
import { normalQuantile } from './normal.ts';

/** The outcomes of more trials are too many to enumerate. */
export const mostHeld = 1_000;

/**
 * The lower bound for the difference of two independent rates, first less second, that says something about one edge: it lies above the
 * edge with at most this probability where the difference is the edge or less, whatever the rates. Null: none does.
 * Where an arm is too large for that, exact bounds of both arms stand in place of score bounds, which err most beside a large arm.
 */
export function lowRateBound(first: Counted, second: Counted, edge: number, level: number): number | null {
  if (Math.max(first.trials, second.trials) > mostHeld) return exactHybridLow(first, second, level);
  const nominal = heldLevel(`rates ${first.trials} ${second.trials} ${edge}`, level, heldRates(first.trials, second.trials, edge));
  return nominal === null ? null : newcombeLow(first, second, normalQuantile(nominal));
}

/** Newcombe's square-and-add of the bounds of Clopper and Pearson. */
export function exactHybridLow(first: Counted, second: Counted, level: number): number {
  const [rate, other] = [first.successes / first.trials, second.successes / second.trials];
  return rate - other - Math.hypot(rate - clopperPearson(first, level).low, clopperPearson(second, level).high - other);
}

/** By enumeration of every outcome, at rates all along the edge. */
function heldRates(sizeA: number, sizeB: number, edge: number): () => HeldLevel {
  return () => {
    const rates = ratesBetween(Math.max(0, -edge), Math.min(1, 1 - edge), Math.max(sizeA, sizeB));
    const arms = rates.map((rate) => [binomialWindow(sizeA, Math.min(Math.max(rate + edge, 0), 1)), binomialWindow(sizeB, rate)] as const);
    return {
      places: rates.length,
      errorAt: (nominal) => {
        const cuts = cutsOf(sizeA, sizeB, edge, normalQuantile(nominal));
        return (place) => ((both) => (both === undefined ? 1 : chanceAbove(...both, cuts)))(arms[place]);
      },
    };
  };
}

function chanceAbove(first: BinomialWindow, { from, chances }: BinomialWindow, cuts: Int32Array): number {
  let sum = 0;
  for (let index = 0; index < chances.length; index += 1) sum += (chances[index] ?? 0) * tailAt(first, cuts[from + index] ?? Number.POSITIVE_INFINITY);
  return sum;
}

/** For each count of successes of the second arm the fewest of the first that put the bound above the edge. */
function cutsOf(sizeA: number, sizeB: number, edge: number, z: number): Int32Array {
  let cut = 0;
  return new Int32Array(sizeB + 1).map((_, successes) => {
    while (cut <= sizeA && newcombeLow({ successes: cut, trials: sizeA }, { successes, trials: sizeB }, z) <= edge) cut += 1;
    return cut;
  });
}
