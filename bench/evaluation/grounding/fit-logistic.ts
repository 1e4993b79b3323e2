export interface LogisticFit {
  readonly weights: readonly number[];
  readonly bias: number;
}

const ridge = 0.01;
const step = 0.5;
const steps = 5_000;

/**
 * Logistic regression with a ridge penalty and no weight below zero, since each feature is support: projected gradient descent from zero,
 * so the same for the same rows in the same order. The loss is convex, and the steps are enough for four digits.
 */
export function fitLogistic(rows: readonly { readonly features: readonly number[]; readonly isSupported: boolean }[]): LogisticFit {
  const width = rows[0]?.features.length ?? 0;
  // Flat, since it is gone through thousands of times.
  const values = Float64Array.from(rows.flatMap(({ features }) => features));
  const weights = new Float64Array(width);
  const slopes = new Float64Array(width);
  let bias = 0;
  for (let round = 0; round < steps; round += 1) {
    slopes.fill(0);
    let slope = 0;
    for (const [row, { isSupported }] of rows.entries()) {
      const error = 1 / (1 + Math.exp(-bias - dot(values, row * width, weights))) - (isSupported ? 1 : 0);
      slope += error;
      for (let index = 0; index < width; index += 1) slopes[index] = (slopes[index] ?? 0) + error * (values[row * width + index] ?? 0);
    }
    bias -= (step * slope) / rows.length;
    for (let index = 0; index < width; index += 1) weights[index] = Math.max(0, (weights[index] ?? 0) - step * ((slopes[index] ?? 0) / rows.length + ridge * (weights[index] ?? 0)));
  }
  return { weights: [...weights], bias };
}

function dot(values: Float64Array, from: number, weights: Float64Array): number {
  let sum = 0;
  for (let index = 0; index < weights.length; index += 1) sum += (values[from + index] ?? 0) * (weights[index] ?? 0);
  return sum;
}
