/** Values of one arm. */
export interface Samples {
  /** The finite ones, ascending. */
  readonly sorted: Float64Array;
  /** How many were none: errors, NaN, infinite, null, text. */
  readonly missing: number;
  /** All of them. */
  readonly total: number;
  /** It has values, and all are the same. */
  readonly isConstant: boolean;
}

/** Sorts values; whatever is no finite number is counted, not dropped. */
export function readSamples(values: readonly unknown[]): Samples {
  const sorted = Float64Array.from(values.filter(isFiniteNumber)).toSorted();
  return { sorted, missing: values.length - sorted.length, total: values.length, isConstant: sorted.length > 0 && sorted[0] === sorted.at(-1) };
}

export function isFiniteNumber(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** Of sorted values; NaN of none. */
export function medianOf(sorted: Float64Array): number {
  const half = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(half) - 1] ?? Number.NaN, sorted[Math.floor(half)] ?? Number.NaN];
  return low / 2 + high / 2;
}
