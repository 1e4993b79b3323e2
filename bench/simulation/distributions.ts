import type { Random } from '../../src/gates/drift/statistics/random.ts';

/** One value; all have a standard deviation of about 1, and moving one moves its median as much. */
export type Draw = (random: Random) => number;

export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

export function exponential(random: Random): number {
  return -Math.log(1 - random());
}

/** Three degrees of freedom, scaled. */
export function heavyTailed(random: Random): number {
  const square = normal(random) ** 2 + normal(random) ** 2 + normal(random) ** 2;
  return normal(random) / Math.sqrt(square);
}

/** As a latency is: its logarithm is normal. */
export function logNormal(random: Random): number {
  return Math.exp(normal(random) * 0.75) / 1.15;
}

/** In steps of half a standard deviation, so that most values are tied. */
export function rounded(random: Random): number {
  return Math.round(normal(random) * 2) / 2;
}

/** Nine of ten are near 0, one is at 3. */
export function twoPeaked(random: Random): number {
  return random() < 0.1 ? 3 + normal(random) / 4 : normal(random) / 2;
}

export const distributions: Readonly<Record<string, Draw>> = { normal, exponential, 'log-normal': logNormal, 't with 3 degrees': heavyTailed, 'rounded to half a deviation': rounded, 'two peaks': twoPeaked };

export function drawn(draw: Draw, size: number, shift: number, random: Random): readonly number[] {
  return Array.from({ length: size }, () => draw(random) + shift);
}
