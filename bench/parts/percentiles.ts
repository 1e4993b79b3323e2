/** The smallest value that at least this share (0 to 1) of the values do not exceed: nearest rank, no interpolation. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const rank = Math.max(1, Math.ceil(share * sorted.length));
  const found = sorted[rank - 1];
  if (found === undefined) throw new Error('Cannot rank values: found none, expected at least one');
  return found;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}
