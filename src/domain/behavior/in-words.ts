import type { Interval } from './measured.ts';

/** A number with four digits that count, or an interval of two. */
export function inWords(value: number | Interval): string {
  if (typeof value === 'number') return String(Number(value.toPrecision(4)));
  const { low, high } = value;
  if (low === null) return high === null ? 'anything' : `${inWords(high)} or less`;
  return high === null ? `${inWords(low)} or more` : `${inWords(low)} to ${inWords(high)}`;
}
