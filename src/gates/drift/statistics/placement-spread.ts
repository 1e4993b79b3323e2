/**
 * How much wider the rank sum of two arms varies than it would if both had one distribution, at least 1. Where arms are of different
 * sizes and the smaller one spreads more, bounds by rank are wrong too often otherwise: 9 % in place of 5 % with 25 against 100
 * values and twice the spread. From the places of each value in the other arm (M. A. Fligner and G. E. Policello,
 * Journal of the American Statistical Association 76:162, 1981). Arms of one size need it not.
 * @param shift Taken off the first arm, so that both lie at one place. Both ascend and have values.
 */
export function placementSpread(first: Float64Array, second: Float64Array, shift: number): number {
  const [m, n] = [first.length, second.length];
  const aligned = first.map((value) => value - shift);
  const [places, otherPlaces] = [placesIn(second, aligned), placesIn(aligned, second)];
  const variance = squares(places) + squares(otherPlaces) + mean(places) * mean(otherPlaces);
  return Math.max(1, Math.sqrt(variance / ((m * n * (m + n + 1)) / 12)));
}

/** How many values of the one arm are below each of the other; equal ones count half. */
function placesIn(arm: Float64Array, values: Float64Array): Float64Array {
  let [below, upTo] = [0, 0];
  return values.map((value) => {
    while (below < arm.length && (arm[below] ?? 0) < value) below += 1;
    while (upTo < arm.length && (arm[upTo] ?? 0) <= value) upTo += 1;
    return (below + upTo) / 2;
  });
}

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function squares(values: Float64Array): number {
  const middle = mean(values);
  return values.reduce((sum, value) => sum + (value - middle) ** 2, 0);
}
