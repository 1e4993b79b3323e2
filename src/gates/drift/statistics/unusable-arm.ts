import type { Samples } from './read-samples.ts';

/** More values are more than an answer in time. */
export const mostValues = 5_000;

/** Why nothing can be computed from the values of one side; null: something can. */
export function unusableArm(name: 'baseline' | 'samples', { sorted, missing, total }: Samples): string | null {
  if (total === 0) return `There are no values in the ${name}.`;
  if (total > mostValues) return `There are ${total} values in the ${name}, expected at most ${mostValues}.`;
  if (sorted.length === 0) return `All ${missing} values in the ${name} are missing (an error, NaN, infinite, or no number).`;
  // Differences and multiples of larger numbers have no value.
  const largest = Math.max(Math.abs(sorted[0] ?? 0), Math.abs(sorted.at(-1) ?? 0));
  return largest > 1e300 ? `A value in the ${name} is too large to compute with.` : null;
}
