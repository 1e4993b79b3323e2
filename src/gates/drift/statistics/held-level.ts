import { kept } from './kept.ts';

/**
 * Score bounds for rates are wrong more often than their level says: up to 10 % in place of 5 % with 10 against 200 trials. So the level
 * at which a bound is computed is lowered until, at the edge that it is compared with, it is wrong at most as often as asked for, whatever the rates.
 */
export interface HeldLevel {
  /** Trials of both arms, or cases of pairs: what the key of an answer is made of. */
  readonly key: string;
  /** How often a bound at this nominal level is beyond the edge though the truth is on it, for the worst of the rates. */
  readonly worst: (nominal: number) => number;
}

const remembered = kept<{ readonly nominal: number | null }>(2_000);
const steps = 16;
/** Where even a level so much lower does not hold, no outcome is proof. */
const lowest = 1_000;

/** The nominal level, at most `level`; null: none holds, so that nothing may be concluded. */
export function heldLevel({ key, worst }: HeldLevel, level: number): number | null {
  return remembered(`${key} ${level}`, () => ({ nominal: search(worst, level) })).nominal;
}

function search(worst: (nominal: number) => number, level: number): number | null {
  if (worst(level) <= level) return level;
  let [holding, failing] = [level / lowest, level];
  if (worst(holding) > level) return null;
  for (let step = 0; step < steps; step += 1) {
    const middle = Math.sqrt(holding * failing);
    if (worst(middle) <= level) holding = middle;
    else failing = middle;
  }
  return holding;
}

/** Rates between two, dense enough that a binomial of this size hardly changes from one to the next: equally spaced on the scale of arcsines. */
export function ratesBetween(low: number, high: number, size: number): readonly number[] {
  const [from, to] = [Math.asin(Math.sqrt(low)), Math.asin(Math.sqrt(high))];
  const count = Math.max(8, Math.ceil((to - from) * 10 * Math.sqrt(size)));
  return Array.from({ length: count + 1 }, (_, index) => (index === 0 ? low : index === count ? high : Math.sin(from + ((to - from) * index) / count) ** 2));
}
