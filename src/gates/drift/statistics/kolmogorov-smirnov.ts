/** The largest distance between two empirical distributions, between 0 and 1, and how probable one as large is when both are one. */
export interface Distance {
  readonly distance: number;
  readonly probability: number;
}

/** Beyond, the limiting distribution is used. */
const exactSteps = 4_000_000;

/**
 * Two-sample, two-sided. Exact without ties, by walks on the grid of both arms that reach the distance (J. L. Hodges, Arkiv för
 * Matematik 3:469, 1958); with ties the probability is at most too large. Both arms ascend and have a value.
 */
export function kolmogorovSmirnov(first: Float64Array, second: Float64Array): Distance {
  const steps = largestSteps(first, second);
  const [m, n] = [first.length, second.length];
  return { distance: steps / (m * n), probability: m * n <= exactSteps ? walksReaching(m, n, steps) : limiting((steps / (m * n)) * Math.sqrt((m / (m + n)) * n)) };
}

/** The distance as a whole number of 1/(m·n), so that no rounding decides what is as large. */
function largestSteps(first: Float64Array, second: Float64Array): number {
  let [i, j, largest] = [0, 0, 0];
  while (i < first.length && j < second.length) {
    const value = Math.min(first[i] ?? 0, second[j] ?? 0);
    while (i < first.length && first[i] === value) i += 1;
    while (j < second.length && second[j] === value) j += 1;
    largest = Math.max(largest, Math.abs(i * second.length - j * first.length));
  }
  return largest;
}

/** The share of all walks from (0, 0) to (m, n) that are at least so far from the diagonal somewhere: sums of positive numbers alone. */
function walksReaching(m: number, n: number, steps: number): number {
  const shares = new Float64Array(n + 1);
  for (let i = 0; i <= m; i += 1) {
    for (let j = 0; j <= n; j += 1) {
      if (Math.abs(i * n - j * m) >= steps) shares[j] = 1;
      else if (i + j === 0) shares[j] = 0;
      else shares[j] = ((i === 0 ? 0 : i * (shares[j] ?? 0)) + (j === 0 ? 0 : j * (shares[j - 1] ?? 0))) / (i + j);
    }
  }
  return shares[n] ?? 1;
}

/** A. Kolmogorov, Giornale dell'Istituto Italiano degli Attuari 4:83, 1933. */
function limiting(scaled: number): number {
  let sum = 0;
  for (let index = 1; index <= 100; index += 1) sum += (index % 2 === 1 ? 2 : -2) * Math.exp(-2 * index * index * scaled * scaled);
  return scaled < 0.2 ? 1 : Math.min(1, Math.max(0, sum));
}
