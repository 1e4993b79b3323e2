import { count } from './count.ts';

const units = [['day', 86_400_000], ['hour', 3_600_000], ['minute', 60_000], ['second', 1_000]] as const;

/** Milliseconds in words, in the largest unit of which there are at least two, or one exactly: `90 minutes`, `7 days`. */
export function duration(milliseconds: number): string {
  const [unit, size] = units.find(([, one]) => milliseconds >= 2 * one || milliseconds === one) ?? ['second', 1_000];
  return count(Math.round(milliseconds / size), unit);
}
