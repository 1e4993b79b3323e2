import { kept } from './kept.ts';

/**
 * Score bounds for rates are wrong more often than their level says: up to 10 % in place of 5 % with 10 against 200 trials. So the level
 * at which a bound is computed is lowered until, at the edge that it is compared with, it is wrong at most as often as asked for, whatever the rates.
 */
export interface HeldLevel {
  /** How many rates along the edge are looked at, dense enough that nothing happens between them. */
  readonly places: number;
  /** How often a bound at this nominal level is beyond the edge though the truth is on it, for the rate at that place. */
  readonly errorAt: (nominal: number) => (place: number) => number;
}

const remembered = kept<{ readonly nominal: number | null }>(2_000);
const steps = 16;
/** Where even a level so much lower does not hold, no outcome is proof. */
const lowest = 1_000;

/**
 * The nominal level, at most `level`; null: none holds, so that nothing may be concluded.
 * @param key Trials of both arms, or cases of pairs, and the edge: what an answer is remembered by.
 */
export function heldLevel(key: string, level: number, held: () => HeldLevel): number | null {
  return remembered(`${key} ${level}`, () => ({ nominal: search(held(), level) })).nominal;
}

/** Looked at while the level is searched: where errors are most frequent at first they are later, and all places are looked at again for what was found. */
const worstPlaces = 8;

function search({ places, errorAt }: HeldLevel, level: number): number | null {
  const everywhere = Array.from({ length: places }, (_, place) => place);
  const beyond = (nominal: number, among: readonly number[]): readonly number[] => {
    const errorOf = errorAt(nominal);
    const errors = among.map((place) => [place, errorOf(place)] as const).filter(([, error]) => error > level);
    return errors.toSorted(([, a], [, b]) => b - a).slice(0, worstPlaces).map(([place]) => place);
  };
  let missed = beyond(level, everywhere);
  if (missed.length === 0) return level;
  for (let looked: readonly number[] = []; ; ) {
    looked = [...looked, ...missed];
    const nominal = lowered(level, (lower) => beyond(lower, looked).length === 0);
    missed = nominal === null ? [] : beyond(nominal, everywhere);
    if (missed.length === 0) return nominal;
  }
}

function lowered(level: number, holds: (nominal: number) => boolean): number | null {
  let [holding, failing] = [level / lowest, level];
  if (!holds(holding)) return null;
  for (let step = 0; step < steps; step += 1) {
    const middle = Math.sqrt(holding * failing);
    if (holds(middle)) holding = middle;
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
