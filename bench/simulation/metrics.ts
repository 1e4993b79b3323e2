import type { Metric } from '../../src/gates/drift/statistics/metric.ts';
import { drawn } from './distributions.ts';
import type { Draw } from './distributions.ts';
import type { Random } from '../../src/gates/drift/statistics/random.ts';

/** A behaviour whose truth is known: how far it moved, and how far it may. */
export interface Truth {
  readonly size: number;
  readonly shift: number;
  readonly tolerance: number;
}

export function aShift(draw: Draw, { size, shift, tolerance }: Truth, random: Random): Metric {
  return { kind: 'shift', baseline: drawn(draw, size, 0, random), samples: drawn(draw, size, shift, random), tolerance: { kind: 'absolute', value: tolerance }, direction: 'both', missingCap: 0, secondLook: false };
}

/** Cases differ by two deviations, repetitions of one by the draw. */
export function aPairedShift(draw: Draw, { size, shift, tolerance }: Truth, random: Random): Metric {
  const cases = Array.from({ length: size }, () => 4 * random());
  const measured = (by: number): readonly number[] => cases.map((one) => one + by + draw(random));
  return { kind: 'paired-shift', baseline: measured(0), samples: measured(shift), tolerance: { kind: 'absolute', value: tolerance }, direction: 'both', missingCap: 0 };
}

export function aQuantile(draw: Draw, { size, shift, tolerance }: Truth, random: Random): Metric {
  return { kind: 'quantile', quantile: 0.95, baseline: drawn(draw, size, 0, random), samples: drawn(draw, size, shift, random), tolerance: { kind: 'absolute', value: tolerance }, direction: 'increase', missingCap: 0 };
}

export function aRate(rate: number, { size, shift, tolerance }: Truth, random: Random): Metric {
  return { kind: 'rate', baseline: { successes: succeeding(rate, size, random), trials: size }, samples: { successes: succeeding(rate + shift, size, random), trials: size }, margin: tolerance, direction: 'both' };
}

export function aMissingShare(share: number, size: number, random: Random): Metric {
  return { kind: 'missing', baseline: { missing: succeeding(share, size, random), total: size }, samples: { missing: succeeding(share, size, random), total: size }, cap: 0.5 };
}

function succeeding(rate: number, trials: number, random: Random): number {
  let successes = 0;
  for (let trial = 0; trial < trials; trial += 1) if (random() < rate) successes += 1;
  return successes;
}
